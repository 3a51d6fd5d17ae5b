package dev.weir.catalog.document.domain;

import java.util.Locale;
import java.util.Set;

/** The countries of ISO 3166. */
public final class Countries {

    private static final Set<String> CODES = Set.of(Locale.getISOCountries());

    private Countries() {}

    /** Whether a text is the code of a country, of two upper-case letters. */
    public static boolean contains(String code) {
        return CODES.contains(code);
    }
}
