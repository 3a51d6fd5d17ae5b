package dev.weir.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the demo prints: lines, headings, tables. */
final class Out {
    private static final PrintStream STREAM = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Out() {}

    static void line(String format, Object... arguments) {
        STREAM.println(String.format(Locale.ROOT, format, arguments));
    }

    static void heading(String text) {
        STREAM.println();
        STREAM.println(text);
        STREAM.println("─".repeat(text.length()));
    }

    /** Prints rows in columns; the first row is the head. Numbers are set right. */
    static void table(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                if (widths.size() <= i) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), row.get(i).length()));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < row.size(); i++) {
                String cell = row.get(i);
                String gap = " ".repeat(widths.get(i) - cell.length());
                boolean number = cell.matches("-?[0-9.]+|–");
                line.append(number ? gap + cell : cell + gap).append("  ");
            }
            STREAM.println(line.toString().stripTrailing());
        }
    }
}
