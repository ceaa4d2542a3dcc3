// One room on socket.io: what one says, everyone gets.
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http);

io.on("connection", (socket) => {
  socket.join("room");
  socket.on("message", (text) => io.to("room").emit("message", text));
});

http.listen(Number(process.argv[2]), "127.0.0.1");
