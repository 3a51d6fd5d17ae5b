package dev.weir.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.platform.kernel.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Stands for every service behind the edge, and for the issuer of tokens. Billing is down: its port takes no connection. */
@SuppressWarnings("NullAway.Init") // started before use
public class StubServices implements QuarkusTestResourceLifecycleManager {

    /** What a service was asked. */
    public record Request(String method, String path, String query, Map<String, String> headers, String body) {}

    /** What it answers. */
    public record Reply(int status, Map<String, String> headers, String body, Duration after) {
        public static Reply json(int status, Object body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), text(body), Duration.ZERO);
        }

        public Reply with(String header, String value) {
            Map<String, String> more = new java.util.HashMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, body, after);
        }

        public Reply late(Duration delay) {
            return new Reply(status, headers, body, delay);
        }

        private static String text(Object body) {
            try {
                return body instanceof String string ? string : Json.mapper().writeValueAsString(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Map<String, Function<Request, Reply>> handlers = new ConcurrentHashMap<>();
    private final List<Request> received = new CopyOnWriteArrayList<>();
    private final KeyPair keys = newKeys();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            int closed;
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                closed = socket.getLocalPort();
            }
            return Map.of(
                    "WEIR_CATALOG_URL", url,
                    "WEIR_ENTITLEMENT_URL", url,
                    "WEIR_LEDGER_URL", url,
                    "WEIR_METERING_URL", url,
                    "WEIR_BILLING_URL", "http://127.0.0.1:" + closed,
                    "WEIR_OIDC_URL", url,
                    "weir.test.public-key",
                            Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(StubServices.class));
    }

    /** Answers this method and path from now on. */
    public void on(String method, String path, Function<Request, Reply> handler) {
        handlers.put(method + " " + path, handler);
    }

    /** Answers this method and path from now on. */
    public void on(String method, String path, Reply reply) {
        on(method, path, _ -> reply);
    }

    /** Forgets what was received and how to answer. */
    public void reset() {
        handlers.clear();
        received.clear();
        on(
                "POST",
                "/protocol/openid-connect/token",
                Reply.json(200, Map.of("access_token", "service-token", "expires_in", 3600, "token_type", "Bearer")));
    }

    /** What was asked with this method and path. */
    public List<Request> received(String method, String path) {
        return received.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().equals(path))
                .toList();
    }

    /** A token with these realm roles. */
    public String token(String... roles) {
        return token(Instant.now().plusSeconds(600), roles);
    }

    /** A token that expires then. */
    public String token(Instant expires, String... roles) {
        String header = encode(Reply.text(Map.of("alg", "RS256", "typ", "JWT")));
        String claims = encode(Reply.text(Map.of(
                "sub",
                "tester",
                "preferred_username",
                "tester",
                "iat",
                Instant.now().getEpochSecond() - 60,
                "exp",
                expires.getEpochSecond(),
                "realm_access",
                Map.of("roles", List.of(roles)))));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update((header + "." + claims).getBytes(StandardCharsets.US_ASCII));
            return header + "." + claims + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new ConcurrentHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = exchange.getRequestURI().getRawQuery();
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query == null ? "" : query,
                    headers,
                    body);
            received.add(request);
            Function<Request, Reply> handler = handlers.getOrDefault(
                    request.method() + " " + request.path(), _ -> Reply.json(404, Map.of("code", "STUB_HAS_NOTHING")));
            Reply reply = handler.apply(request);
            Thread.sleep(reply.after());
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
