package dev.weir.simulators.stripe.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.weir.simulators.stripe.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** {@code GET /}: the state for a person to look at. */
public final class PageHandler implements HttpHandler {
    private final Engine engine;

    public PageHandler(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        boolean home = "GET".equals(exchange.getRequestMethod())
                && "/".equals(exchange.getRequestURI().getPath());
        if (!home) {
            byte[] text = "There is nothing here; see / and /_sim/state.\n".getBytes(StandardCharsets.UTF_8);
            Exchanges.send(exchange, 404, "text/plain; charset=utf-8", text);
            return;
        }
        byte[] page = engine.read(StatePage::of).getBytes(StandardCharsets.UTF_8);
        Exchanges.send(exchange, 200, "text/html; charset=utf-8", page);
    }
}
