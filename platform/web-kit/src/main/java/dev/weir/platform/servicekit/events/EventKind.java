package dev.weir.platform.servicekit.events;

/** The two kinds of event. */
public enum EventKind {
    /** An aggregate's whole state and version: an older version is ignored, waiting versions are conflated. */
    STATE,
    /** Something that happened once: never conflated, deduplicated by its id. */
    FACT
}
