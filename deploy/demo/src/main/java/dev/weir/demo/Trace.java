package dev.weir.demo;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A trace of requests to a language model. */
record Trace(String name, List<Request> requests) {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    /** One request: when it came, how many tokens went in and how many came out. */
    record Request(int row, Instant at, int contextTokens, int generatedTokens) {}

    Trace {
        requests = List.copyOf(requests);
    }

    /**
     * Reads a CSV with columns TIMESTAMP, ContextTokens, GeneratedTokens.
     *
     * @throws IllegalArgumentException naming the row that cannot be read
     */
    static Trace read(Path file) throws IOException {
        List<Request> requests = new ArrayList<>();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser rows = format.parse(reader)) {
            for (CSVRecord row : rows) {
                try {
                    requests.add(new Request(
                            requests.size(),
                            LocalDateTime.parse(row.get("TIMESTAMP").replace('T', ' '), TIME)
                                    .toInstant(ZoneOffset.UTC),
                            Integer.parseInt(row.get("ContextTokens")),
                            Integer.parseInt(row.get("GeneratedTokens"))));
                } catch (RuntimeException malformed) {
                    throw new IllegalArgumentException(
                            file + " row " + row.getRecordNumber() + ": " + malformed.getMessage(), malformed);
                }
            }
        }
        if (requests.isEmpty()) {
            throw new IllegalArgumentException(file + " has no requests");
        }
        return new Trace(file.getFileName().toString().replaceAll("\\.csv$", ""), requests);
    }
}
