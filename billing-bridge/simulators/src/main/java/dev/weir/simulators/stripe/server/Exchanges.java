package dev.weir.simulators.stripe.server;

import com.sun.net.httpserver.HttpExchange;
import dev.weir.simulators.stripe.wire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reading requests and writing answers. */
final class Exchanges {
    private static final int BODY_MAX = 1 << 20;

    private Exchanges() {}

    static String body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(BODY_MAX + 1);
        if (bytes.length > BODY_MAX) {
            throw new IOException("a body of more than " + BODY_MAX + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        send(exchange, reply.status(), "application/json", reply.body());
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
