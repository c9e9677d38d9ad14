// Node's own server and the jsonwebtoken package: the same token as ours, for a user who is always the same one.

import { createServer } from "node:http";
import jwt from "jsonwebtoken";

const { PORT, REQIO_SECRET, REQIO_AUDIENCE } = process.env;
const user = { id: "42", email: "scale@acme.test", plan: "scale", amount: 99_000, interval: "year" };

createServer((request, response) => {
  request.resume().on("end", () => {
    const { id, email, ...traits } = user;
    const options = { algorithm: "HS256", subject: id, audience: REQIO_AUDIENCE, expiresIn: 300 };
    const token = jwt.sign({ email, traits }, REQIO_SECRET, options);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ token, expires_in: 300 }));
  });
}).listen(Number(PORT), "127.0.0.1");
