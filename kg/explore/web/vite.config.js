// One self-contained script and one style file for each page; a new page adds its line to `pages`.
import { build, defineConfig } from "vite";

const pages = { network: "src/network.ts", query: "src/query.ts" };
const [first, ...others] = Object.keys(pages);

const settings = (name) => ({
  configFile: false,
  logLevel: "warn",
  define: { "process.env.NODE_ENV": '"production"' },
  build: {
    outDir: "node_modules/built",
    emptyOutDir: name === first,
    target: "es2022",
    cssCodeSplit: false,
    lib: { entry: pages[name], formats: ["iife"], name: "page", fileName: () => `${name}.js`, cssFileName: name },
  },
});

// A script that needs no module loader must be a build of its own.
export default defineConfig(() => ({
  ...settings(first),
  plugins: [{ name: "other-pages", async closeBundle() { for (const name of others) await build(settings(name)); } }],
}));
