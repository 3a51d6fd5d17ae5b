package dev.weir.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The catalog that the tests work with: the demo's, and what a test adds to it. */
final class Catalog {
    private Catalog() {}

    /**
     * Sees to it that the demo's catalog is in force, with whatever else the tests have put beside it, and returns it all as
     * JSON.
     */
    static synchronized ObjectNode base() {
        ObjectNode document = inForce();
        if (!document.at("/plans/starter").isMissingNode()) {
            return document;
        }
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

    /**
     * Puts in force what the fragment (as JSON, single quotes allowed) names, beside what others have there: an entry of a
     * section takes the place of the one with its key, and nothing else is touched.
     */
    static synchronized Answer merge(String fragment) {
        ObjectNode document = base();
        json(fragment)
                .properties()
                .forEach(section -> section.getValue()
                        .properties()
                        .forEach(entry ->
                                document.withObjectProperty(section.getKey()).set(entry.getKey(), entry.getValue())));
        return Api.demo().put("/v1/catalog", document).is(200).isVisible();
    }

    /** Does something during which no other test changes the catalog. */
    static synchronized void undisturbed(Runnable test) {
        test.run();
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Api.JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }
}
