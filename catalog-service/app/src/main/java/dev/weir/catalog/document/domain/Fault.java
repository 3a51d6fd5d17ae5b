package dev.weir.catalog.document.domain;

/**
 * One thing wrong with a document.
 *
 * @param place where, as a path: {@code plans.pro.charges[0].tiers[1].upTo}; empty for the document as a whole
 * @param code stable, upper case
 * @param detail a sentence for the person who wrote the document
 */
public record Fault(String place, String code, String detail) {}
