package dev.weir.catalog.pricingtable.domain;

import dev.weir.catalog.contract.CurrencyExponent;
import dev.weir.catalog.document.domain.IsoInterval;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes numbers, money and intervals for people. Numbers and money are written as in a language, words in English. */
final class Figures {

    private static final int DECIMALS_MAX = 12;

    private static final Map<String, String> PER = Map.of(
            "P1Y",
            "per year",
            "P12M",
            "per year",
            "P1M",
            "per month",
            "P1W",
            "per week",
            "P7D",
            "per week",
            "P1D",
            "per day",
            "PT1H",
            "per hour",
            "PT1M",
            "per minute",
            "PT1S",
            "per second");

    private final Locale language;

    Figures(Locale language) {
        this.language = language;
    }

    String number(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(language);
        format.setMaximumFractionDigits(DECIMALS_MAX);
        return format.format(number);
    }

    /** With the decimals of the currency, and more where the amount has more: a price of a token is a small one. */
    String money(@Nullable BigDecimal amount, String currency) {
        BigDecimal shown = amount == null ? BigDecimal.ZERO : amount.stripTrailingZeros();
        int decimals = CurrencyExponent.of(currency);
        NumberFormat format = NumberFormat.getCurrencyInstance(language);
        format.setCurrency(Currency.getInstance(currency));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(Math.max(decimals, shown.scale()));
        return format.format(shown);
    }

    /** "per month", "every 14 days"; empty for what does not recur. */
    static String per(@Nullable String every) {
        return every == null ? "" : " " + PER.getOrDefault(every, "every " + span(every));
    }

    /** English: what one is called is in the document, several are with an s. */
    static String plural(String unit) {
        return unit.endsWith("s") ? unit : unit + "s";
    }

    /** "14 days", "3 months", "1 year". */
    static String span(String duration) {
        return IsoInterval.parse(duration).map(Figures::span).orElse(duration);
    }

    private static String span(IsoInterval interval) {
        StringBuilder words = new StringBuilder();
        part(words, interval.months() / 12, "year");
        part(words, interval.months() % 12, "month");
        part(words, interval.days(), "day");
        part(words, interval.seconds() / 3_600, "hour");
        part(words, interval.seconds() % 3_600 / 60, "minute");
        part(words, interval.seconds() % 60, "second");
        return words.toString();
    }

    private static void part(StringBuilder words, long count, String unit) {
        if (count > 0) {
            words.append(words.isEmpty() ? "" : " ").append(count).append(' ').append(count == 1 ? unit : unit + "s");
        }
    }
}
