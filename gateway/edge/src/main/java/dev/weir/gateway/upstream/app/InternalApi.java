package dev.weir.gateway.upstream.app;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.gateway.GatewayConfig;
import dev.weir.gateway.upstream.domain.Target;
import dev.weir.platform.kernel.Json;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.TokensHelper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The edge's own reads of the services' internal API, under the gateway's service account. */
@Singleton
public class InternalApi {
    private static final ObjectMapper MAPPER = Json.lenientMapper();

    private final Upstreams upstreams;
    private final OidcClient oidc;
    private final TokensHelper tokens = new TokensHelper();
    private final Context eventLoop;
    private final Duration timeout;

    InternalApi(Upstreams upstreams, OidcClient oidc, GatewayConfig config, Vertx vertx) {
        this.upstreams = upstreams;
        this.oidc = oidc;
        this.eventLoop = vertx.getOrCreateContext();
        this.timeout = config.upstream().loadTimeout();
    }

    /**
     * Reads one resource; empty = 404.
     *
     * @param path with every part percent-encoded
     */
    public <T> CompletableFuture<Optional<T>> get(Target target, String path, TypeReference<T> type) {
        JavaType javaType = MAPPER.constructType(type);
        return token().thenCompose(token -> onEventLoop(() -> fetch(target, path, token))
                .<Optional<T>>map(body -> body.map(bytes -> InternalApi.<T>read(path, bytes, javaType)))
                .toCompletionStage());
    }

    /**
     * An answer's body comes in on the event loop that asked, and what nobody has asked for by then is lost. A thread that is
     * no event loop (the broker's client has such) would ask too late: so all is done on one.
     */
    private <T> Future<T> onEventLoop(Supplier<Future<T>> call) {
        Context current = Vertx.currentContext();
        if (current != null && current.isEventLoopContext() && Context.isOnEventLoopThread()) {
            return call.get();
        }
        Promise<T> promise = Promise.promise();
        eventLoop.runOnContext(_ -> call.get().onComplete(promise));
        return promise.future();
    }

    private CompletableFuture<String> token() {
        return tokens.getTokens(oidc).map(Tokens::getAccessToken).subscribeAsCompletionStage();
    }

    private Future<Optional<Buffer>> fetch(Target target, String path, String token) {
        return upstreams
                .client()
                .request(upstreams.request(HttpMethod.GET, target, path, timeout))
                .compose(request -> request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token)
                        .putHeader(HttpHeaders.ACCEPT, "application/json")
                        .send())
                .compose(response -> body(path, response));
    }

    private static Future<Optional<Buffer>> body(String path, HttpClientResponse response) {
        return switch (response.statusCode()) {
            case 200 -> response.body().map(Optional::of);
            case 404 -> response.body().map(_ -> Optional.empty());
            default ->
                Future.failedFuture(
                        new InternalApiException(path + " was answered with " + response.statusCode(), null));
        };
    }

    private static <T> T read(String path, Buffer body, JavaType type) {
        try {
            return MAPPER.readValue(body.getBytes(), type);
        } catch (IOException e) {
            throw new InternalApiException(path + " was answered with something unreadable", e);
        }
    }
}
