package dev.weir.billing.provider.stripe;

import com.stripe.StripeClient;
import dev.weir.billing.BillingConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one client of the account. The SDK's own retries are off: we alone decide what is repeated, and under which key. */
@ApplicationScoped
class StripeClients {
    static {
        // stripe-java calls through HttpURLConnection, which sends a POST again by itself when a kept connection drops.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    @Produces
    @Singleton
    StripeClient client(BillingConfig config) {
        int timeoutMillis = Math.toIntExact(config.stripe().timeout().toMillis());
        String base = config.stripe().apiBase().toString().replaceAll("/$", "");
        return StripeClient.builder()
                .setApiKey(config.stripe().apiKey())
                .setApiBase(base)
                .setMeterEventsBase(base)
                .setMaxNetworkRetries(0)
                .setConnectTimeout(timeoutMillis)
                .setReadTimeout(timeoutMillis)
                .build();
    }
}
