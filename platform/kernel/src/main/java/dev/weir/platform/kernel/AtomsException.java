package dev.weir.platform.kernel;

/** A decimal that is no exact amount of the unit. The caller turns it into a coded problem that names the field. */
public final class AtomsException extends RuntimeException {

    /** What is wrong with the decimal. */
    public enum Reason {
        /** More decimals than the unit's scale. */
        TOO_MANY_DECIMALS,
        /** More than 63 bits. */
        OVERFLOW,
        /** Not a plain decimal. */
        NOT_A_NUMBER
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    AtomsException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }

    /** The reason's name, as a stable error code. */
    public String code() {
        return reason.name();
    }
}
