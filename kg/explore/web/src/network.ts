import Graph from "graphology";
import Sigma from "sigma";
import "./network.css";
export { Graph, Sigma };
