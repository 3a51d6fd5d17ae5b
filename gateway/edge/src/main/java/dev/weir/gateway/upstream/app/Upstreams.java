package dev.weir.gateway.upstream.app;

import dev.weir.gateway.GatewayConfig;
import dev.weir.gateway.upstream.domain.Target;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;

/** The connections to the services, shared by what is passed on and by the edge's own reads. */
@Singleton
public class Upstreams {
    private final GatewayConfig.Upstream config;
    private final HttpClient client;

    Upstreams(GatewayConfig config, Vertx vertx) {
        this.config = config.upstream();
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(this.config.connections())
                .setConnectTimeout((int) this.config.connectTimeout().toMillis())
                .setTcpNoDelay(true)
                .setKeepAliveTimeout(30)
                .setDecompressionSupported(false));
    }

    /** The client; it follows no redirects and changes no bodies. */
    public HttpClient client() {
        return client;
    }

    /** A request to a service; path with its query. */
    public RequestOptions request(HttpMethod method, Target target, String path, Duration timeout) {
        URI base = base(target);
        boolean tls = "https".equals(base.getScheme());
        int port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
        String prefix = base.getRawPath() == null || base.getRawPath().equals("/") ? "" : base.getRawPath();
        return new RequestOptions()
                .setMethod(method)
                .setHost(base.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(prefix + path)
                .setTimeout(timeout.toMillis());
    }

    private URI base(Target target) {
        return switch (target) {
            case CATALOG -> config.catalog();
            case ENTITLEMENT -> config.entitlement();
            case LEDGER -> config.ledger();
            case METERING -> config.metering();
            case BILLING -> config.billing();
            case GATEWAY -> throw new IllegalStateException("the gateway does not call itself");
        };
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
