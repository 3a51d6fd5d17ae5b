package dev.weir.demo;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What happened to the requests, as the application saw it. Safe for many threads. */
final class Tally {
    private final Map<String, Integer> admitted = new TreeMap<>();
    private final Map<String, Map<String, Integer>> denied = new TreeMap<>();
    private final Map<String, BigDecimal> credits = new TreeMap<>();
    private int events;
    private int duplicates;
    private int checkedYes;

    synchronized void event(boolean duplicate) {
        if (duplicate) {
            duplicates++;
        } else {
            events++;
        }
    }

    synchronized void checked(boolean allowed) {
        if (allowed) {
            checkedYes++;
        }
    }

    synchronized void admitted(String customer, BigDecimal spent) {
        admitted.merge(customer, 1, Integer::sum);
        credits.merge(customer, spent, BigDecimal::add);
    }

    synchronized void denied(String customer, String reason) {
        denied.computeIfAbsent(customer, key -> new TreeMap<>()).merge(reason, 1, Integer::sum);
    }

    synchronized int admitted(String customer) {
        return admitted.getOrDefault(customer, 0);
    }

    synchronized Map<String, Integer> denied(String customer) {
        return Map.copyOf(denied.getOrDefault(customer, Map.of()));
    }

    synchronized BigDecimal credits(String customer) {
        return credits.getOrDefault(customer, BigDecimal.ZERO);
    }

    synchronized int allAdmitted() {
        return admitted.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized Map<String, Integer> allDenied() {
        Map<String, Integer> sum = new TreeMap<>();
        denied.values().forEach(reasons -> reasons.forEach((reason, count) -> sum.merge(reason, count, Integer::sum)));
        return sum;
    }

    synchronized int events() {
        return events;
    }

    synchronized int duplicates() {
        return duplicates;
    }

    synchronized int checkedYes() {
        return checkedYes;
    }
}
