// Addresses of places end in #char=a,b (RFC 5147); the server marks a place that stands in the query.
const found = /^#char=(\d+),(\d+)$/.exec(location.hash);
if (found) location.replace(`${location.pathname}?char=${found[1]},${found[2]}#here`);
