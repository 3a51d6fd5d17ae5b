package dev.weir.sample.note.domain;

/** A text with a version. */
public record Note(String id, String text, long version) {}
