package dev.weir.catalog.document.domain;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with one document, so that all of it is named at once. Used by one thread. */
public final class Faults {

    /** A document with more faults than this is not worth a longer answer. */
    private static final int MOST = 1_000;

    private final List<Fault> faults = new ArrayList<>();

    /** Adds a fault, unless the same one is there. */
    public void add(String place, String code, String detail) {
        Fault fault = new Fault(place, code, detail);
        if (faults.size() < MOST && !faults.contains(fault)) {
            faults.add(fault);
        }
    }

    /** Whether nothing is wrong. */
    public boolean none() {
        return faults.isEmpty();
    }

    /** What was added, in that order. */
    public List<Fault> list() {
        return List.copyOf(faults);
    }
}
