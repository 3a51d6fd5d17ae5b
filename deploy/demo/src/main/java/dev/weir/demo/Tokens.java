package dev.weir.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/** An access token of the demo user, renewed before it runs out. */
final class Tokens {
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final int ATTEMPTS = 60;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI endpoint;
    private volatile String token = "";
    private volatile Instant renewAt = Instant.EPOCH;

    Tokens(URI realm) {
        this.endpoint = URI.create(realm + "/protocol/openid-connect/token");
    }

    String current() {
        return Instant.now().isBefore(renewAt) ? token : renew();
    }

    private synchronized String renew() {
        if (Instant.now().isBefore(renewAt)) {
            return token;
        }
        String trouble = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(endpoint)
                                .timeout(Duration.ofSeconds(10))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(
                                        "grant_type=password&client_id=weir-cli&username=demo&password=demo"))
                                .build(),
                        BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    JsonNode body = Api.json().readTree(response.body());
                    token = body.path("access_token").asText();
                    renewAt = Instant.now()
                            .plusSeconds(body.path("expires_in").asLong())
                            .minus(MARGIN);
                    return token;
                }
                trouble = response.statusCode() + " " + response.body();
            } catch (IOException unreachable) {
                trouble = unreachable.toString();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", interrupted);
            }
            Api.pause(500);
        }
        throw new IllegalStateException("no token from " + endpoint + ": " + trouble);
    }
}
