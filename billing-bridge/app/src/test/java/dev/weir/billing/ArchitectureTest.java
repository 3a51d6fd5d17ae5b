package dev.weir.billing;

import dev.weir.platform.testkit.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> rules() {
        return ArchitectureRules.forPackage("dev.weir.billing");
    }
}
