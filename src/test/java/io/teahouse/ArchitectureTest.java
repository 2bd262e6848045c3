package io.teahouse;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.teahouse.room.Member;
import io.teahouse.room.Room;
import io.teahouse.room.RoomEventVisitor;
import io.teahouse.user.OnlineUser;
import io.teahouse.user.OnlineUsers;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may import which. Imports run the way inbound data runs: net, wire, client, room. */
@AnalyzeClasses(packages = "io.teahouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JSPECIFY = "org.jspecify.annotations";
    /** Typed actors, and the packages that appear in their signatures. */
    private static final String[] ACTORS = {
        "akka.actor.typed..", "akka.annotation", "akka.japi.function", "scala..", "org.slf4j.."
    };

    @ArchTest
    static final ArchRule aRoomKnowsTypedActorsAndTheJdkOnly = classes()
            .that()
            .resideInAPackage("io.teahouse.room..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(ACTORS, "java..", JSPECIFY, "io.teahouse.room.."));

    /** The JDK reads its data for this from files; without a free file descriptor that would end the process. */
    @ArchTest
    static final ArchRule aRoomNeedsNoFiles = noClasses()
            .that()
            .resideInAPackage("io.teahouse.room..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io", "java.nio.file..", "java.security..");

    @ArchTest
    static final ArchRule whatRoomsAreBuiltWithKnowsNoRoom = classes()
            .that()
            .resideInAPackage("io.teahouse.room.support..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(ACTORS, "java..", JSPECIFY, "io.teahouse.room.support.."));

    /** Applications use it beside whatever they test with, and without the server. */
    @Test
    void theTestKitKnowsRoomsAndAkkasTestKitForTypedActors() {
        classes()
                .that()
                .resideInAPackage("io.teahouse.testkit..")
                .and()
                .haveSimpleNameNotEndingWith("Test")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(
                        ACTORS,
                        "akka.actor",
                        "akka.actor.testkit.typed..",
                        "java..",
                        JSPECIFY,
                        "io.teahouse.testkit..",
                        "io.teahouse.room",
                        "io.teahouse.room.local"))
                .check(new ClassFileImporter().importPackages("io.teahouse.testkit"));
    }

    /** Its room may be on another node, and its application may have no doors. */
    @ArchTest
    static final ArchRule aMemberKnowsItsRoomByMessages = noClasses()
            .that()
            .resideInAPackage("io.teahouse.room.member..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Room.class, Member.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("io.teahouse.room.local..");

    /** As a form for several nodes will, they know rooms by their messages. */
    @ArchTest
    static final ArchRule theRoomsOfAProcessAreKnownByTheirMessages = noClasses()
            .that()
            .resideInAPackage("io.teahouse.room.local..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Room.class, Member.class);

    /** The others are internals of a room, and the compiler keeps everybody else out of them. */
    @ArchTest
    static void thePublicTypesOfRoomsAreListed(JavaClasses all) throws IOException {
        String listed = Files.readString(Path.of("src/main/java/io/teahouse/room/package-info.java"));
        List<String> names = Pattern.compile("\\{@link (\\w+)}")
                .matcher(listed.replaceAll("\\s*\n \\* *", " "))
                .results()
                .map(each -> each.group(1))
                .toList();
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .filter(each -> each.getPackageName().equals("io.teahouse.room"))
                        .filter(each ->
                                each.isTopLevelClass() && each.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName)
                        .toList());
    }

    /** A reader of events may leave out what does not matter to it, but no client may miss a new event. */
    @ArchTest
    static final ArchRule aDialectHandlesEveryEvent = classes()
            .that()
            .implement(RoomEventVisitor.class)
            .and()
            .resideInAPackage("io.teahouse.wire..")
            .should(new ArchCondition<>("override all methods of RoomEventVisitor") {
                @Override
                public void check(JavaClass each, ConditionEvents events) {
                    for (Method method : RoomEventVisitor.class.getMethods()) {
                        boolean overrides = each.tryGetMethod(method.getName(), method.getParameterTypes())
                                .isPresent();
                        events.add(
                                new SimpleConditionEvent(each, overrides, each.getName() + " and " + method.getName()));
                    }
                }
            });

    @ArchTest
    static final ArchRule anAccountKnowsNamesAndCryptography = classes()
            .that()
            .resideInAPackage("io.teahouse.account..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    JSPECIFY,
                    "org.slf4j..",
                    "org.bouncycastle..",
                    "com.ongres.scram..",
                    "io.teahouse.account..",
                    "io.teahouse.room..");

    @ArchTest
    static final ArchRule cryptographyHasOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("io.teahouse.account..")
            .and()
            .doNotHaveFullyQualifiedName("io.teahouse.net.PemFile") // formats of keys that the JDK does not read
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..", "com.ongres..");

    @ArchTest
    static final ArchRule aUserKnowsRoomsAndAccounts = classes()
            .that()
            .resideInAPackage("io.teahouse.user..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    ACTORS,
                    "akka.actor",
                    "java..",
                    JSPECIFY,
                    "com.ibm.icu..",
                    "io.teahouse.user..",
                    "io.teahouse.account..",
                    "io.teahouse.room.."));

    @ArchTest
    static final ArchRule aClientKnowsUsersRoomsAndAccounts = classes()
            .that()
            .resideInAPackage("io.teahouse.client..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    ACTORS,
                    "java..",
                    JSPECIFY,
                    "akka.actor",
                    "akka.util",
                    "io.teahouse.account..",
                    "io.teahouse.client..",
                    "io.teahouse.user..",
                    "io.teahouse.room.."));

    @ArchTest
    static final ArchRule thePowersOfOperatorsKnowUsersRoomsAndAccounts = classes()
            .that()
            .resideInAPackage("io.teahouse.operator..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    ACTORS,
                    "java..",
                    JSPECIFY,
                    "io.teahouse.operator..",
                    "io.teahouse.user..",
                    "io.teahouse.account..",
                    "io.teahouse.room.."));

    @ArchTest
    static final ArchRule severalNodesKnowRoomsUsersAndClients = classes()
            .that()
            .resideInAPackage("io.teahouse.cluster..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    ACTORS,
                    "java..",
                    JSPECIFY,
                    "akka",
                    "akka.actor",
                    "akka.cluster..",
                    "akka.pattern",
                    "akka.remote..",
                    "akka.serialization",
                    "com.typesafe.config",
                    "io.teahouse.cluster..",
                    "io.teahouse.store..",
                    "io.teahouse.client..",
                    "io.teahouse.user..",
                    "io.teahouse.account..",
                    "io.teahouse.room.."));

    /** All others are the same on one node and on several. */
    @ArchTest
    static final ArchRule nobodyKnowsOfSeveralNodesButThePackageThatWiresEverything = noClasses()
            .that()
            .resideOutsideOfPackages("io.teahouse", "io.teahouse.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.teahouse.cluster..", "akka.cluster..", "akka.remote..");

    @ArchTest
    static final ArchRule noCyclesOfClasses = slices().assignedFrom(topLevelClassesOf(
                    "io.teahouse.client",
                    "io.teahouse.net",
                    "io.teahouse.operator",
                    "io.teahouse.room",
                    "io.teahouse.room.local",
                    "io.teahouse.room.member",
                    "io.teahouse.room.support",
                    "io.teahouse.store"))
            .should()
            .beFreeOfCycles();

    /**
     * What a room and those around it tell each other refers to each other, as typed messages do: a command says where events
     * go, a welcome which actor takes commands. These types count as one. Of RoomActor, only the nested ones belong to them.
     */
    private static final String MESSAGES_OF_A_ROOM = "io\\.teahouse\\.room\\."
            + "(RoomActor\\$.*|(RoomEvent|RoomEventVisitor|RoomReply|MemberEvent|OutgoingMessage|RoomLifecycle)(\\$.*)?)";

    /** A class and those that are nested in it count as one. */
    private static SliceAssignment topLevelClassesOf(String... packages) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass each) {
                String name = each.getName();
                if (name.matches(MESSAGES_OF_A_ROOM)) {
                    return SliceIdentifier.of("messages of a room");
                }
                int nested = name.indexOf('$');
                return List.of(packages).contains(each.getPackageName())
                        ? SliceIdentifier.of(nested < 0 ? name : name.substring(0, nested))
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "classes of " + String.join(", ", packages);
            }
        };
    }

    @ArchTest
    static final ArchRule unicodeRulesHaveOnePlace = noClasses()
            .that()
            .haveNameNotMatching("io\\.teahouse\\.user\\.NickRules(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.ibm.icu..");

    /** The author of a text decides what a regular expression costs. These classes read text of operators or of the server itself. */
    private static final String READS_NO_CLIENTS_TEXT =
            "io\\.teahouse\\.(tool\\..*|account\\.(Credentials|Argon2)(\\$.*)?|admin\\.ThreadTimes"
                    + "|wire\\.irc\\.ConfiguredPassword|IrcDoorReader|OpenFiles|UnknownSettings|SettingsReader)";

    @ArchTest
    static final ArchRule noRegularExpressionSeesAClientsText = noClasses()
            .that()
            .haveNameNotMatching(READS_NO_CLIENTS_TEXT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex")
            .orShould()
            .callMethod(String.class, "matches", String.class)
            .orShould()
            .callMethod(String.class, "replaceAll", String.class, String.class)
            .orShould()
            .callMethod(String.class, "replaceFirst", String.class, String.class);

    /** The JDK splits at a single plain character without a regular expression. */
    @Test
    void textsAreSplitAtPlainCharactersOnly() throws IOException {
        Pattern split = Pattern.compile("\\.split\\((\"[^\"]*\")");
        Pattern plain = Pattern.compile("\"([^.$|()\\[{^?*+\\\\]|\\\\[n0])\"");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = Path.of("src/main/java")
                        .relativize(file)
                        .toString()
                        .replace(".java", "")
                        .replace('/', '.');
                if (!name.matches(READS_NO_CLIENTS_TEXT)) {
                    split.matcher(Files.readString(file))
                            .results()
                            .forEach(call -> assertThat(call.group(1)).as(name).matches(plain));
                }
            }
        }
    }

    @ArchTest
    static final ArchRule aDialectKnowsClientsUsersAccountsAndRooms = classes()
            .that()
            .resideInAPackage("io.teahouse.wire..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    ACTORS,
                    "java..",
                    "javax.crypto..",
                    JSPECIFY,
                    "akka.util",
                    "io.teahouse.wire..",
                    "io.teahouse.client..",
                    "io.teahouse.operator..",
                    "io.teahouse.user..",
                    "io.teahouse.account..",
                    "io.teahouse.room.."));

    /** Dialects ask for users and notify them by their ids, and never tell an actor anything. */
    @ArchTest
    static final ArchRule aDialectKnowsNoActors = noClasses()
            .that()
            .resideInAPackage("io.teahouse.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("akka.actor..")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(OnlineUser.class, OnlineUsers.class);

    @ArchTest
    static final ArchRule aListenerKnowsClientsAndNoDialect = noClasses()
            .that()
            .resideInAPackage("io.teahouse.net..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.teahouse.wire..",
                    "io.teahouse.room",
                    "io.teahouse.room.local..",
                    "io.teahouse.tool.load..",
                    "io.teahouse");

    @ArchTest
    static final ArchRule socketsAndStreamsHaveOnePlace = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.teahouse.net..",
                    "io.teahouse.web..",
                    "io.teahouse.admin..",
                    "io.teahouse.hook..",
                    "io.teahouse")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka.stream..", "akka.io..");

    @ArchTest
    static final ArchRule theWebDoorKnowsConnectionsAndNoDialect = classes()
            .that()
            .resideInAPackage("io.teahouse.web..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(with(
                            ACTORS,
                            "java..",
                            JSPECIFY,
                            "akka",
                            "akka.actor",
                            "akka.http..",
                            "akka.japi..",
                            "akka.stream..",
                            "akka.util",
                            "io.teahouse.web..",
                            "io.teahouse.net..",
                            "io.teahouse.client..",
                            "io.teahouse.room.support"))
                    .or(name("io.teahouse.account.Sha256")));

    @ArchTest
    static final ArchRule theAdminPortKnowsNoDialectAndNoDatabase = classes()
            .that()
            .resideInAPackage("io.teahouse.admin..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    ACTORS,
                    "java..",
                    JSPECIFY,
                    "akka",
                    "akka.actor",
                    "akka.http..",
                    "akka.japi..",
                    "akka.stream..",
                    "akka.util",
                    "com.fasterxml.jackson.core..",
                    "io.micrometer..",
                    "javax.net.ssl..",
                    "io.teahouse.client",
                    "io.teahouse.user",
                    "io.teahouse.room",
                    "io.teahouse.store",
                    "io.teahouse.operator",
                    "io.teahouse.hook",
                    "io.teahouse.admin..",
                    "io.teahouse.account..",
                    "io.teahouse.net.."));

    @ArchTest
    static final ArchRule webhooksKnowRoomsAndNoUsers = classes()
            .that()
            .resideInAPackage("io.teahouse.hook..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    ACTORS,
                    "java..",
                    "javax.crypto..",
                    "javax.net.ssl..",
                    JSPECIFY,
                    "akka",
                    "akka.actor",
                    "akka.http..",
                    "akka.japi..",
                    "akka.stream..",
                    "akka.util",
                    "com.fasterxml.jackson.core..",
                    "io.teahouse.hook..",
                    "io.teahouse.account",
                    "io.teahouse.net",
                    "io.teahouse.room",
                    "io.teahouse.room.member",
                    "io.teahouse.room.support"));

    /** Others count without it, so that they can be embedded and tested without it. */
    @ArchTest
    static final ArchRule metersHaveOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("io.teahouse.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule httpHasThreePlaces = noClasses()
            .that()
            .resideOutsideOfPackages("io.teahouse.web..", "io.teahouse.admin..", "io.teahouse.hook..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("akka.http..");

    @ArchTest
    static final ArchRule aStoreKnowsPortsAndDatabases = classes()
            .that()
            .resideInAPackage("io.teahouse.store..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.sql..",
                    JSPECIFY,
                    "org.slf4j..",
                    "org.flywaydb..",
                    "io.teahouse.store..",
                    "io.teahouse.operator..",
                    "io.teahouse.hook",
                    "io.teahouse.user..",
                    "io.teahouse.account..",
                    "io.teahouse.room..");

    @ArchTest
    static final ArchRule databasesHaveOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("io.teahouse.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.flywaydb..", "org.sqlite..", "org.postgresql..");

    @ArchTest
    static final ArchRule anOperatorsToolKnowsStoresAccountsAndRooms = classes()
            .that()
            .resideInAPackage("io.teahouse.tool.operate..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "picocli..",
                    "com.fasterxml.jackson.core..",
                    JSPECIFY,
                    "io.teahouse.tool.operate..",
                    "io.teahouse.operator..",
                    "io.teahouse.account..",
                    "io.teahouse.store..",
                    "io.teahouse.room..");

    @ArchTest
    static final ArchRule theLoadCommandKnowsNothingOfTheServer = classes()
            .that()
            .resideInAPackage("io.teahouse.tool.load..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "picocli..",
                    JSPECIFY,
                    "io.teahouse.tool",
                    "io.teahouse.tool.load..",
                    "io.teahouse.tool.client..",
                    "io.teahouse.tool.process..");

    @ArchTest
    static final ArchRule theCrashTestKnowsNothingOfTheServer = classes()
            .that()
            .resideInAPackage("io.teahouse.tool.crash..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "picocli..",
                    JSPECIFY,
                    "io.teahouse.tool",
                    "io.teahouse.tool.crash..",
                    "io.teahouse.tool.client..",
                    "io.teahouse.tool.process..");

    @ArchTest
    static final ArchRule theFiguresKnowNothingOfTheServer = classes()
            .that()
            .resideInAPackage("io.teahouse.tool.figures..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net..",
                    "picocli..",
                    "com.fasterxml.jackson.core..",
                    JSPECIFY,
                    "io.teahouse.tool",
                    "io.teahouse.tool.figures..",
                    "io.teahouse.tool.client..",
                    "io.teahouse.tool.process..");

    @ArchTest
    static final ArchRule theTestClientKnowsServersByTheirSocketsAlone = classes()
            .that()
            .resideInAPackage("io.teahouse.tool.client..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", JSPECIFY, "io.teahouse.tool.client..");

    @ArchTest
    static final ArchRule aServerAsAProcessIsKnownByWhatItPrints = classes()
            .that()
            .resideInAPackage("io.teahouse.tool.process..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "picocli..", JSPECIFY, "io.teahouse.tool", "io.teahouse.tool.process..");

    @ArchTest
    static final ArchRule nobodyButTheirCommandsStartsServersOrClients = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.teahouse.tool.load..",
                    "io.teahouse.tool.crash..",
                    "io.teahouse.tool.figures..",
                    "io.teahouse.tool.client..",
                    "io.teahouse.tool.process..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.teahouse.tool.process..", "io.teahouse.tool.client..");

    @ArchTest
    static final ArchRule nobodyKnowsThePackageThatWiresEverything = noClasses()
            .that()
            .resideOutsideOfPackage("io.teahouse")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.teahouse");

    @ArchTest
    static final ArchRule noPackagesDependOnEachOther =
            slices().matching("io.teahouse.(**)").should().beFreeOfCycles();

    private static String[] with(String[] some, String... more) {
        String[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }
}
