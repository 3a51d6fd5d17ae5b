import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tukaani.xz.XZInputStream;

/** Takes the xz layer off an archive, for machines without xz: {@code UnpackXz IN.txz OUT.tar}. */
public final class UnpackXz {
    private UnpackXz() {}

    public static void main(String[] args) throws IOException {
        try (var in = new XZInputStream(Files.newInputStream(Path.of(args[0])));
                var out = Files.newOutputStream(Path.of(args[1]))) {
            in.transferTo(out);
        }
    }
}
