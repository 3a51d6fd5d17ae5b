package dev.weir.catalog.document.domain;

import dev.weir.platform.kernel.CatalogKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one map of a document. A member that is missing or unusable reads as null; what is wrong with it is
 * added to the faults, with its place. {@link #finish} names the members that nobody asked for.
 */
public final class Fields {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
    private static final int LONGEST_TEXT = 255;
    private static final int LONGEST_PROSE = 4_000;

    private final Map<String, Node> members;
    private final String place;
    private final Faults faults;
    private final Set<String> asked = new HashSet<>();

    private Fields(Map<String, Node> members, String place, Faults faults) {
        this.members = members;
        this.place = place;
        this.faults = faults;
    }

    /** The members of a node; none, and a fault, if the node is no map. Null reads as an empty map. */
    public static Fields of(Node node, String place, Faults faults) {
        if (node instanceof Node.Mapping mapping) {
            return new Fields(mapping.members(), place, faults);
        }
        if (!(node instanceof Node.Nothing)) {
            faults.add(place, "INVALID_VALUE", "must be a map");
        }
        return new Fields(Map.of(), place, faults);
    }

    /** Where this map stands. */
    public String place() {
        return place;
    }

    /** Where a member of this map stands, or would. */
    public String placeOf(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    /** Whether a member is there and not null. */
    public boolean has(String name) {
        Node node = members.get(name);
        return node != null && !(node instanceof Node.Nothing);
    }

    /** Adds a fault at a member. */
    public void fault(String name, String code, String detail) {
        faults.add(placeOf(name), code, detail);
    }

    /** A member that must be there: passes the value on, and adds a fault if the member is missing. */
    public <T> @Nullable T required(String name, @Nullable T value) {
        if (value == null && !has(name)) {
            fault(name, "REQUIRED", "is required");
        }
        return value;
    }

    /** A string; a number or flag is not one. */
    public @Nullable String text(String name) {
        return text(name, LONGEST_TEXT);
    }

    /** A string that may be long, for people to read. */
    public @Nullable String prose(String name) {
        return text(name, LONGEST_PROSE);
    }

    private @Nullable String text(String name, int longest) {
        Node node = take(name);
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Text text
                && !text.value().isBlank()
                && text.value().length() <= longest) {
            return text.value();
        }
        fault(name, "INVALID_VALUE", "must be a text of 1 to " + longest + " characters");
        return null;
    }

    /** A string, number or flag, as text. */
    public @Nullable String scalar(String name) {
        Node node = take(name);
        return node == null ? null : scalarOf(node, placeOf(name));
    }

    /** The key of something else in the catalog. */
    public @Nullable String key(String name) {
        String text = text(name);
        if (text != null && !CatalogKey.isValid(text)) {
            fault(name, "INVALID_KEY", "is no catalog key: " + CatalogKey.PATTERN);
            return null;
        }
        return text;
    }

    /** A list of keys of something else in the catalog, each at most once; empty where it is missing. */
    public List<String> keys(String name) {
        List<String> keys = texts(name);
        for (int index = 0; index < keys.size(); index++) {
            String where = name + "[" + index + "]";
            if (!CatalogKey.isValid(keys.get(index))) {
                fault(where, "INVALID_KEY", "is no catalog key: " + CatalogKey.PATTERN);
            } else if (keys.indexOf(keys.get(index)) < index) {
                fault(where, "DUPLICATE_KEY", keys.get(index) + " is listed twice");
            }
        }
        return keys;
    }

    /** An amount that is not negative, by value: 1.50 reads as 1.5. */
    public @Nullable BigDecimal amount(String name) {
        BigDecimal value = money(name);
        if (value == null) {
            return null;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** An amount of money that is not negative, with the decimals as written. */
    public @Nullable BigDecimal money(String name) {
        Node node = take(name);
        return node == null ? null : decimalOf(node, placeOf(name));
    }

    /** As {@link #amount}, but more than 0. */
    public @Nullable BigDecimal positive(String name) {
        BigDecimal value = amount(name);
        if (value != null && value.signum() == 0) {
            fault(name, "INVALID_VALUE", "must be more than 0");
            return null;
        }
        return value;
    }

    /** A whole number within bounds, both inclusive. */
    public @Nullable Integer integer(String name, int least, int most) {
        Node node = take(name);
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Numeral number
                && number.value().stripTrailingZeros().scale() <= 0
                && number.value().compareTo(BigDecimal.valueOf(least)) >= 0
                && number.value().compareTo(BigDecimal.valueOf(most)) <= 0) {
            return number.value().intValue();
        }
        fault(name, "INVALID_VALUE", "must be a whole number from " + least + " to " + most);
        return null;
    }

    /** true or false; false where it is missing. */
    public boolean flag(String name) {
        Node node = take(name);
        if (node == null) {
            return false;
        }
        if (node instanceof Node.Flag flag) {
            return flag.value();
        }
        fault(name, "INVALID_VALUE", "must be true or false");
        return false;
    }

    /** One of a closed list, in upper case. */
    public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        String text = scalar(name);
        if (text == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        fault(name, "INVALID_VALUE", "must be one of " + List.of(type.getEnumConstants()));
        return null;
    }

    /** An ISO 8601 duration, positive. */
    public @Nullable String interval(String name) {
        String text = text(name);
        if (text == null || IsoInterval.parse(text).isPresent()) {
            return text;
        }
        fault(
                name,
                "INVALID_VALUE",
                "must be a positive ISO 8601 duration of at most 100 years, such as P1M, P14D or PT1H");
        return null;
    }

    /** A list of strings (numbers read as text); empty where it is missing. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        List<Node> items = items(name);
        for (int index = 0; index < items.size(); index++) {
            String text = scalarOf(items.get(index), placeOf(name) + "[" + index + "]");
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** A map; null where it is missing. */
    public @Nullable Fields child(String name) {
        Node node = take(name);
        return node == null ? null : of(node, placeOf(name), faults);
    }

    /** A list of maps; empty where it is missing. */
    public List<Fields> children(String name) {
        List<Fields> children = new ArrayList<>();
        List<Node> items = items(name);
        for (int index = 0; index < items.size(); index++) {
            children.add(of(items.get(index), placeOf(name) + "[" + index + "]", faults));
        }
        return children;
    }

    /** A map from catalog keys to maps; empty where it is missing. */
    public Map<String, Fields> entries(String name) {
        Map<String, Fields> entries = new LinkedHashMap<>();
        Fields map = child(name);
        if (map != null) {
            map.members.forEach((key, node) -> {
                if (CatalogKey.isValid(key)) {
                    entries.put(key, of(node, map.placeOf(key), faults));
                } else {
                    map.fault(key, "INVALID_KEY", "is no catalog key: " + CatalogKey.PATTERN);
                }
            });
        }
        return entries;
    }

    /** Every member of this map, as text. */
    public Map<String, String> scalars() {
        Map<String, String> scalars = new LinkedHashMap<>();
        for (Map.Entry<String, Node> member : members.entrySet()) {
            asked.add(member.getKey());
            String text = scalarOf(member.getValue(), placeOf(member.getKey()));
            if (text != null) {
                scalars.put(member.getKey(), text);
            }
        }
        return scalars;
    }

    /** Every member of this map, as amounts that are not negative. */
    public Map<String, BigDecimal> amounts() {
        Map<String, BigDecimal> amounts = new LinkedHashMap<>();
        for (String name : members.keySet()) {
            BigDecimal amount = required(name, amount(name));
            if (amount != null) {
                amounts.put(name, amount);
            }
        }
        return amounts;
    }

    /** Refuses members that are known, but not here. */
    public void refuse(Set<String> names, String why) {
        for (String name : names) {
            asked.add(name);
            if (has(name)) {
                fault(name, "NOT_ALLOWED", why);
            }
        }
    }

    /** Names every member that nobody asked for. */
    public void finish() {
        for (String name : members.keySet()) {
            if (!asked.contains(name)) {
                fault(name, "UNKNOWN_FIELD", "there is no such field");
            }
        }
    }

    private @Nullable Node take(String name) {
        asked.add(name);
        return has(name) ? members.get(name) : null;
    }

    private List<Node> items(String name) {
        Node node = take(name);
        if (node == null) {
            return List.of();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        fault(name, "INVALID_VALUE", "must be a list");
        return List.of();
    }

    private @Nullable BigDecimal decimalOf(Node node, String where) {
        String text = switch (node) {
            case Node.Text string -> string.value();
            case Node.Numeral number -> number.value().toPlainString();
            case Node.Flag _, Node.Nothing _, Node.Mapping _, Node.Sequence _ -> "";
        };
        if (!DECIMAL.matcher(text).matches()) {
            faults.add(
                    where,
                    "INVALID_VALUE",
                    "must be a plain decimal number of at most 18 digits before the point and 18 after");
            return null;
        }
        BigDecimal value = new BigDecimal(text);
        if (value.signum() < 0) {
            faults.add(where, "NEGATIVE_AMOUNT", "must not be negative");
            return null;
        }
        return value;
    }

    private @Nullable String scalarOf(Node node, String where) {
        String text = switch (node) {
            case Node.Text string -> string.value();
            case Node.Numeral number -> number.value().toPlainString();
            case Node.Flag flag -> String.valueOf(flag.value()).toLowerCase(Locale.ROOT);
            case Node.Nothing _, Node.Mapping _, Node.Sequence _ -> null;
        };
        if (text == null || text.length() > LONGEST_TEXT) {
            faults.add(
                    where, "INVALID_VALUE", "must be a text of at most " + LONGEST_TEXT + " characters, or a number");
            return null;
        }
        return text;
    }
}
