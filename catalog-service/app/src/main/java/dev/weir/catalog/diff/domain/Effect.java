package dev.weir.catalog.diff.domain;

/**
 * One thing that becomes more or less generous by a change of a plan or add-on.
 *
 * @param place what it is about, in the words of the document: {@code entitlements.api-calls.limit}
 * @param detail a sentence with before and after
 */
public record Effect(String place, Generosity generosity, String detail) {}
