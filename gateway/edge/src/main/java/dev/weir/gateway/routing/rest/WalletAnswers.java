package dev.weir.gateway.routing.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.gateway.customers.app.CustomerCache;
import dev.weir.ledger.contract.WithWallets;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.servicekit.web.ProblemResponses;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Takes the wallets out of the ledger's answers and into the cache, before the caller sees the answer. */
@Singleton
class WalletAnswers {
    private final CustomerCache cache;

    WalletAnswers(CustomerCache cache) {
        this.cache = cache;
    }

    Future<Void> pass(RoutingContext context, HttpClientResponse from) {
        String type = from.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !type.startsWith(WithWallets.MEDIA_TYPE)) {
            return Answers.stream(context, from, false);
        }
        return from.body().compose(body -> {
            try {
                WithWallets both = Json.lenientMapper().readValue(body.getBytes(), WithWallets.class);
                cache.merge(both.wallets());
                return write(context, from, both);
            } catch (IOException e) {
                return Future.failedFuture(new BadAnswerException("the ledger's answer cannot be read", e));
            }
        });
    }

    private static Future<Void> write(RoutingContext context, HttpClientResponse from, WithWallets both)
            throws JsonProcessingException {
        HttpServerResponse to = Answers.head(context, from);
        to.headers().remove(HttpHeaders.CONTENT_LENGTH);
        to.putHeader(
                HttpHeaders.CONTENT_TYPE,
                from.statusCode() >= 400 ? ProblemResponses.MEDIA_TYPE : "application/json;charset=UTF-8");
        return to.end(Buffer.buffer(Json.lenientMapper().writeValueAsBytes(both.answer())));
    }
}
