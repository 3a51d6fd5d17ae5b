package dev.weir.catalog;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The table of faults, {@code faults.yaml}. */
public record FaultTable(List<FaultyDocument> documents, List<FaultyBody> bodies, List<FaultyRequest> requests) {

    /**
     * A document with one fault.
     *
     * @param in the test document that is changed; null = the example
     * @param replace the passage that is written differently
     */
    public record FaultyDocument(
            String place, String code, @Nullable String in, String replace, String by) {

        /** The faulty document. */
        public String document() {
            return Documents.replace(in == null ? Documents.example() : Documents.everything(), replace, by);
        }

        @Override
        public String toString() {
            return place + " " + code + ": " + by.strip();
        }
    }

    /** What is no document. */
    public record FaultyBody(
            String name,
            @Nullable String type,
            String body,
            int status,
            String code,
            @Nullable String place,
            @Nullable String error) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** A request that is not right. */
    public record FaultyRequest(
            String name,
            @Nullable String method,
            String path,
            @Nullable String body,
            @Nullable String ifMatch,
            @Nullable String idempotencyKey,
            int status,
            String code,
            @Nullable String place,
            @Nullable String error) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** The table. */
    public static FaultTable read() {
        Object table = new Yaml().load(Documents.resource("/faults.yaml"));
        return JsonMapper.builder().build().convertValue(table, FaultTable.class);
    }
}
