package dev.weir.gateway;

import dev.weir.platform.testkit.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> theHouseRules() {
        return ArchitectureRules.forPackage("dev.weir.gateway");
    }
}
