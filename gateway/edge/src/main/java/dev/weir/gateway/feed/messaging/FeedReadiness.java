package dev.weir.gateway.feed.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while events arrive: without them answers are good for a moment only, and another edge does better. */
@Readiness
@ApplicationScoped
public class FeedReadiness implements HealthCheck {
    private final EventFeed feed;
    private final BrokerConfig config;

    FeedReadiness(EventFeed feed, BrokerConfig config) {
        this.feed = feed;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("events")
                .status(feed.connected() || !config.enabled())
                .build();
    }
}
