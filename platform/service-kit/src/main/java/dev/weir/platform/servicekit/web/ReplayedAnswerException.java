package dev.weir.platform.servicekit.web;

/** Carries a stored answer past the resource method, whose return type it need not fit. */
final class ReplayedAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient StoredAnswer answer;

    ReplayedAnswerException(StoredAnswer answer) {
        super("answered before", null, false, false);
        this.answer = answer;
    }

    StoredAnswer answer() {
        return answer;
    }
}
