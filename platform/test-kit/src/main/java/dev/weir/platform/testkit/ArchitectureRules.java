package dev.weir.platform.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.weir.platform.kernel.Ids;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The house rules that every service's code obeys: packages by feature, five rooms, directions. One {@code @TestFactory} per
 * service returns {@code ArchitectureRules.forPackage("dev.weir.ledger")}.
 */
public final class ArchitectureRules {

    private static final String[] FRAMEWORKS = {
        "io.quarkus..",
        "io.smallrye..",
        "io.vertx..",
        "jakarta.enterprise..",
        "jakarta.inject..",
        "jakarta.persistence..",
        "jakarta.transaction..",
        "jakarta.ws.rs..",
        "java.sql..",
        "javax.sql..",
        "org.eclipse.microprofile..",
        "org.hibernate..",
        "org.jboss..",
        "dev.weir.platform.servicekit.."
    };

    private ArchitectureRules() {}

    /** The rules, as one test each, over the main classes of a root package such as {@code dev.weir.ledger}. */
    public static Stream<DynamicTest> forPackage(String root) {
        JavaClasses code = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(
                        location -> !location.contains("-contract") && !location.contains("/contract/target/"))
                .importPackages(root);
        if (code.isEmpty()) {
            throw new IllegalStateException("no classes in " + root + ": the rules would check nothing");
        }
        return rules(root).entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(),
                        () -> rule.getValue().allowEmptyShould(true).check(code)));
    }

    private static Map<String, ArchRule> rules(String root) {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put(
                "the domain is plain Java",
                noClasses()
                        .that()
                        .resideInAPackage("..domain..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(FRAMEWORKS));
        rules.put(
                "the domain has no clock and no random",
                noClasses()
                        .that()
                        .resideInAPackage("..domain..")
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(UUID.class, "randomUUID")
                        .orShould()
                        .callMethod(Ids.class, "next")
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(Random.class));
        rules.put(
                "the domain knows no other room",
                noClasses()
                        .that()
                        .resideInAPackage("..domain..")
                        .should()
                        .dependOnClassesThat(inOwnRooms(root, "app", "rest", "messaging", "persistence")));
        rules.put(
                "the app room does not know how it is called or stored",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".*.app..")
                        .should()
                        .dependOnClassesThat(inOwnRooms(root, "rest", "messaging")));
        rules.put(
                "rest does not know messaging",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".*.rest..")
                        .should()
                        .dependOnClassesThat(inOwnRooms(root, "messaging")));
        rules.put(
                "persistence does not know rest and messaging",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".*.persistence..")
                        .should()
                        .dependOnClassesThat(inOwnRooms(root, "rest", "messaging")));
        rules.put(
                "@Path stands in rest",
                classes().that().areAnnotatedWith("jakarta.ws.rs.Path").should().resideInAPackage("..rest.."));
        rules.put(
                "@Incoming stands in messaging",
                methods()
                        .that()
                        .areAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Incoming")
                        .should()
                        .beDeclaredInClassesThat()
                        .resideInAPackage("..messaging.."));
        rules.put(
                "entities stand in persistence",
                classes()
                        .that()
                        .areAnnotatedWith("jakarta.persistence.Entity")
                        .should()
                        .resideInAPackage("..persistence.."));
        rules.put(
                "entities stay in persistence and app",
                noClasses()
                        .that()
                        .resideInAnyPackage("..rest..", "..messaging..", "..domain..")
                        .should()
                        .dependOnClassesThat()
                        .areAnnotatedWith("jakarta.persistence.Entity"));
        rules.put(
                "beans are injected through constructors",
                fields().that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(root + "..")
                        .should()
                        .notBeAnnotatedWith("jakarta.inject.Inject"));
        rules.put(
                "a feature's rest and messaging are its own",
                noClasses().that().resideInAPackage(root + "..").should(dependOnAdaptersOfAnotherFeature(root)));
        rules.put(
                "nothing of another service but its contract",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .should()
                        .dependOnClassesThat(describe(
                                "another service's app",
                                type -> type.getPackageName().startsWith("dev.weir.")
                                        && !type.getPackageName().startsWith(root)
                                        && !type.getPackageName().startsWith("dev.weir.platform.")
                                        && !type.getPackageName().contains(".contract"))));
        rules.put(
                "no cycles between features",
                slices().matching(root + ".(*)..").should().beFreeOfCycles());
        return rules;
    }

    private static ArchCondition<JavaClass> dependOnAdaptersOfAnotherFeature(String root) {
        DescribedPredicate<JavaClass> adapter = inOwnRooms(root, "rest", "messaging");
        return new ArchCondition<>("depend on another feature's rest or messaging") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> adapter.test(dependency.getTargetClass()))
                        .filter(dependency ->
                                !feature(root, dependency.getTargetClass()).equals(feature(root, type)))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.satisfied(type, dependency.getDescription())));
            }
        };
    }

    private static String feature(String root, JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(root + ".") ? name.substring(root.length() + 1).split("\\.", 2)[0] : "";
    }

    private static DescribedPredicate<JavaClass> inOwnRooms(String root, String... rooms) {
        return describe("in " + String.join(", ", rooms), type -> {
            String name = type.getPackageName();
            if (!name.startsWith(root + ".")) {
                return false;
            }
            String[] parts = name.substring(root.length() + 1).split("\\.", -1);
            return parts.length >= 2 && Stream.of(rooms).anyMatch(parts[1]::equals);
        });
    }

    private static DescribedPredicate<JavaClass> describe(String description, Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }
}
