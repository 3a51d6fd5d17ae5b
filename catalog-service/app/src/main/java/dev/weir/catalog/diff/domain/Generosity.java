package dev.weir.catalog.diff.domain;

/** What a change does for those who have the changed thing. */
public enum Generosity {
    /** They get more, or pay less. */
    MORE,
    /** They get less, or pay more. */
    LESS,
    /** Some of it is more and some is less, or it depends on how much is used. */
    MIXED,
    /** It is different, but neither more nor less. */
    NEUTRAL;

    /** From a comparison of before with after by what a customer gets: positive = after is more. */
    static Generosity of(int order) {
        return order > 0 ? MORE : order < 0 ? LESS : NEUTRAL;
    }

    /** Both together. */
    public Generosity and(Generosity other) {
        if (this == other || other == NEUTRAL) {
            return this;
        }
        return this == NEUTRAL ? other : MIXED;
    }
}
