package dev.weir.catalog.diff.domain;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** A catalog laid out flat, so that two can be compared: kind, key, path, value. */
public final class CatalogContents {

    private final Map<EntryKind, Map<String, Map<String, String>>> entries = new EnumMap<>(EntryKind.class);

    /** Adds a thing with its members by path. */
    public void add(EntryKind kind, String key, Map<String, String> members) {
        entries.computeIfAbsent(kind, absent -> new TreeMap<>()).put(key, members);
    }

    /** What becomes of this catalog when another takes its place. */
    public List<Change> changesTo(CatalogContents next) {
        List<Change> changes = new ArrayList<>();
        for (EntryKind kind : EntryKind.values()) {
            Map<String, Map<String, String>> before = entries.getOrDefault(kind, Map.of());
            Map<String, Map<String, String>> after = next.entries.getOrDefault(kind, Map.of());
            TreeSet<String> keys = new TreeSet<>(before.keySet());
            keys.addAll(after.keySet());
            for (String key : keys) {
                if (!before.containsKey(key)) {
                    changes.add(Change.of(kind, key, Change.Type.ADDED, List.of()));
                } else if (!after.containsKey(key)) {
                    changes.add(Change.of(kind, key, Change.Type.RETIRED, List.of()));
                } else {
                    List<FieldChange> fields =
                            fields(before.getOrDefault(key, Map.of()), after.getOrDefault(key, Map.of()));
                    if (!fields.isEmpty()) {
                        changes.add(Change.of(kind, key, Change.Type.CHANGED, fields));
                    }
                }
            }
        }
        return changes;
    }

    private static List<FieldChange> fields(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(before.get(path), after.get(path)))
                .map(path -> new FieldChange(path, before.get(path), after.get(path)))
                .toList();
    }
}
