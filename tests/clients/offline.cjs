// Loaded before a client (NODE_OPTIONS): whoever goes off this machine is ended, and named.

const net = require("node:net");

const HERE = ["127.0.0.1", "::1", "localhost"];
const LEFT = 9;             // the exit code of a client that wanted to leave
const connect = net.Socket.prototype.connect;

// connect is given an object, or a port and perhaps a host; Node itself puts those in a list.
function host([first, second]) {
  const to = Array.isArray(first) ? first[0] : first;
  if (typeof to === "object") return to.path ? "localhost" : to.host ?? "localhost";
  return typeof second === "string" ? second : "localhost";
}

net.Socket.prototype.connect = function guarded(...given) {
  if (!HERE.includes(host(given))) {
    process.stderr.write(`went off the machine, to ${host(given)}\n`);
    process.exit(LEFT);
  }
  return connect.apply(this, given);
};
