package dev.weir.catalog.document.app;

import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** From text to a document. A key that stands twice in one map is a fault, not a text that cannot be read. */
public final class DocumentText {

    static final int DEPTH_MAX = 50;
    static final int CHARACTERS_MAX = 4 * 1024 * 1024;

    // Plain notation only: an exponent would let a short text stand for a number of a billion digits.
    private static final Pattern PLAIN_NUMBER = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,40})?");

    private DocumentText() {}

    /**
     * Reads a document.
     *
     * @throws Problem MALFORMED_BODY if the text is not YAML or JSON, or is nested or repeated beyond measure
     */
    public static Node read(String text, DocumentFormat format, Faults faults) {
        if (text.length() > CHARACTERS_MAX) {
            throw malformed("", "a document has at most " + CHARACTERS_MAX + " characters");
        }
        return switch (format) {
            case JSON -> JsonText.read(text, faults);
            case YAML -> new YamlText(faults).read(text);
        };
    }

    /** A number as written; what is not in plain notation stays text, which no amount accepts. */
    static Node number(String written) {
        return PLAIN_NUMBER.matcher(written).matches()
                ? new Node.Numeral(new BigDecimal(written))
                : new Node.Text(written);
    }

    /** A text as written; one that no database can keep is a fault. */
    static Node text(String written, String place, Faults faults) {
        legible(written, place, faults);
        return new Node.Text(written);
    }

    /** Refuses the character NUL and halves of characters. */
    static void legible(String written, String place, Faults faults) {
        if (written.codePoints().anyMatch(DocumentText::illegible)) {
            faults.add(place, "INVALID_TEXT", "must not hold the character NUL or half of a character");
        }
    }

    private static boolean illegible(int character) {
        return character == 0 || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }

    static void duplicate(Faults faults, String place) {
        faults.add(place, "DUPLICATE_KEY", "stands twice in the same map");
    }

    static String below(String place, String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    static Problem malformed(String where, String why) {
        return Problem.badRequest("MALFORMED_BODY", "the document cannot be read")
                .error(where, "MALFORMED_BODY", why);
    }
}
