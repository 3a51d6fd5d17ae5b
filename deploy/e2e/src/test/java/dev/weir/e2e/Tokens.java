package dev.weir.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Access tokens of the realm's users, whose passwords are their names. A token is good for an hour, longer than the tests run. */
final class Tokens {
    private static final URI ENDPOINT = URI.create(Settings.REALM + "/protocol/openid-connect/token");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Tokens() {}

    static String of(String user) {
        return KNOWN.computeIfAbsent(user, Tokens::ask);
    }

    private static String ask(String user) {
        try {
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(ENDPOINT)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(
                                    "grant_type=password&client_id=weir-cli&username=" + user + "&password=" + user))
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("no token for " + user + ": " + response.body());
            }
            return JSON.readTree(response.body()).path("access_token").asText();
        } catch (IOException unreachable) {
            throw new UncheckedIOException("Keycloak at " + ENDPOINT, unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
