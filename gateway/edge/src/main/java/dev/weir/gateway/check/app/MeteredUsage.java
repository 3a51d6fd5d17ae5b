package dev.weir.gateway.check.app;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.gateway.engine.CustomerView;
import dev.weir.gateway.engine.Entitlements;
import dev.weir.gateway.upstream.app.InternalApi;
import dev.weir.gateway.upstream.domain.Target;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks metering for the usage that no wallet counts: that of unlimited features. */
@Singleton
public class MeteredUsage {
    private static final Logger LOG = Logger.getLogger(MeteredUsage.class);
    private static final TypeReference<Answer> ANSWER = new TypeReference<>() {};

    private final InternalApi api;

    MeteredUsage(InternalApi api) {
        this.api = api;
    }

    record Answer(List<Item> items) {}

    record Item(BigDecimal value) {}

    /**
     * What the customer used of an unlimited feature in the running period, in whole units; empty for every other feature,
     * and when metering cannot be asked. Never fails: an answer without this figure is better than none.
     */
    public CompletableFuture<Optional<BigDecimal>> ofUnlimited(
            CustomerView view, String feature, @Nullable String resource) {
        return Entitlements.countedSince(view, feature, resource, Instant.now())
                .map(since -> ask(view.snapshot().customer(), feature, resource, since))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<Optional<BigDecimal>> ask(
            String customer, String feature, @Nullable String resource, Instant since) {
        String path = "/v1/customers/" + encode(customer) + "/usage?feature=" + encode(feature) + "&from=" + since
                + (resource == null ? "" : "&resource=" + encode(resource));
        return api.get(Target.METERING, path, ANSWER)
                .thenApply(found -> found.map(MeteredUsage::sum))
                .exceptionally(failure -> {
                    LOG.warnf("The usage of %s by %s cannot be had: %s", feature, customer, failure.toString());
                    return Optional.empty();
                });
    }

    /** One figure was asked for, so there is one item, or none where nothing was used. */
    private static BigDecimal sum(Answer answer) {
        return answer.items().stream().map(Item::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
