package dev.weir.simulators.stripe.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.engine.Engine;
import dev.weir.simulators.stripe.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Sends events to one address, signed as Stripe signs, three tries each. What is on its way at a crash is lost. */
public final class Webhooks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
    private static final int TRIES = 3;
    private static final int WAITING_MAX = 10_000;

    private final BlockingQueue<ObjectNode> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
    private final String secret;
    private final @Nullable Thread sender;

    private Webhooks(@Nullable String url, String secret) {
        this.secret = secret;
        this.sender =
                url == null ? null : Thread.ofVirtual().name("webhooks").unstarted(() -> sendAll(URI.create(url)));
    }

    /** Begins to send what happens from now on; without an address, nothing. */
    public static Webhooks start(Engine engine, @Nullable String url, String secret) {
        Webhooks webhooks = new Webhooks(url, secret);
        if (webhooks.sender != null) {
            webhooks.sender.start();
            engine.listen(webhooks::offer);
        }
        return webhooks;
    }

    private void offer(ObjectNode event) {
        if (!waiting.offer(event)) {
            LOG.log(System.Logger.Level.WARNING, "Too many webhooks wait: dropped " + Json.need(event, "id"));
        }
    }

    private void sendAll(URI url) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            while (true) {
                send(client, url, waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpClient client, URI url, ObjectNode event) throws InterruptedException {
        String body = event.toString();
        String id = Json.need(event, "id");
        for (int i = 1; i <= TRIES; i++) {
            long now = System.currentTimeMillis() / 1000;
            HttpRequest request = HttpRequest.newBuilder(url)
                    .timeout(Duration.ofSeconds(10))
                    .header("Content-Type", "application/json")
                    .header("Stripe-Signature", "t=" + now + ",v1=" + sign(secret, now + "." + body))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status / 100 == 2) {
                    return;
                }
                LOG.log(System.Logger.Level.WARNING, "Webhook " + id + " try " + i + ": status " + status);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "Webhook " + id + " try " + i + ": " + e);
            }
            Thread.sleep(Duration.ofSeconds(i));
        }
    }

    private static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        if (sender != null) {
            sender.interrupt();
        }
    }
}
