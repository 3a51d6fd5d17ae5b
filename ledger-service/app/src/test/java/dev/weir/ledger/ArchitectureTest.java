package dev.weir.ledger;

import dev.weir.platform.testkit.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> obeysTheHouseRules() {
        return ArchitectureRules.forPackage("dev.weir.ledger");
    }
}
