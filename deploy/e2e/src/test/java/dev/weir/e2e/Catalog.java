package dev.weir.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The catalog that the tests work with: the demo's, and what a test adds to it. */
final class Catalog {
    private Catalog() {}

    /** Puts the demo's catalog in force and returns it as JSON, for a test to add to. */
    static ObjectNode base() {
        try {
            Api.demo()
                    .putYaml("/v1/catalog", Files.readString(Settings.ROOT.resolve("deploy/demo/catalog.yaml")))
                    .is(200);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return inForce();
    }

    /** The document in force. */
    static ObjectNode inForce() {
        return (ObjectNode) Api.demo().get("/v1/catalog").is(200).body();
    }

    /** The document with one more plan (as JSON, single quotes allowed) or with that plan changed. */
    static ObjectNode withPlan(ObjectNode document, String key, String plan) {
        ObjectNode changed = document.deepCopy();
        changed.withObjectProperty("plans").set(key, json(plan));
        return changed;
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Api.JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }
}
