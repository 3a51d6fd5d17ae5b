package dev.weir.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands for entitlement, ledger, catalog and the issuer of tokens: every customer exists, and all are alike. */
final class StandIns implements AutoCloseable {
    private static final String CUSTOMERS = "/internal/v1/customers/";

    private final HttpServer server;
    private final Templates templates = new Templates();
    private final AtomicLong loads = new AtomicLong();

    StandIns() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many snapshots were read. */
    long loads() {
        return loads.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = answer(exchange.getRequestURI().getPath()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String answer(String path) throws IOException {
        if (path.startsWith(CUSTOMERS)) {
            String[] parts = path.substring(CUSTOMERS.length()).split("/", -1);
            if (parts[1].equals("wallets")) {
                return templates.wallets(parts[0]);
            }
            loads.incrementAndGet();
            return templates.snapshot(parts[0]);
        }
        if (path.startsWith("/internal/v1/bodies/")) {
            return templates.body();
        }
        if (path.equals("/internal/v1/catalog-in-force")) {
            return templates.catalog();
        }
        return Json.mapper()
                .writeValueAsString(Map.of("access_token", "stand-in", "expires_in", 3600, "token_type", "Bearer"));
    }
}
