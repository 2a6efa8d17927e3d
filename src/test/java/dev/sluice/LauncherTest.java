package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that starts the program, in a tree of its own with a java and a mvn that only say what
 * they are given.
 */
class LauncherTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path folder;
  private Path root;
  private Path jdk;
  private Path programs;

  /** What a command said, and how it ended. */
  private record Said(int status, String out, String err) {}

  @BeforeEach
  void plantTree() throws IOException {
    root = Files.createDirectories(folder.resolve("a tree"));
    Files.copy(Path.of("sluice"), root.resolve("sluice"));
    executable(root.resolve("sluice"), null);
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.createDirectories(root.resolve("src/main"));
    jdk = folder.resolve("jdk 17");
    java("17.0.9");
    programs = Files.createDirectories(folder.resolve("bin"));
    executable(
        programs.resolve("mvn"),
        "echo \"mvn $*\" >> \"$PWD/mvn.log\"; mkdir -p target/lib; touch target/sluice.jar");
  }

  @Test
  void firstStart_buildsAndLaterOnesDoNot() throws Exception {
    Said first = start("run", "wen-li", "--set", "images=a b");
    assertThat(first.status()).as(first.err()).isEqualTo(7);
    assertThat(first.err()).startsWith("sluice: building");
    assertThat(root.resolve("mvn.log")).hasContent("mvn -B -Dmaven.test.skip=true package");
    assertThat(first.out().lines().toList())
        .endsWith(
            "-jar",
            root.resolve("target/sluice.jar").toString(),
            "run",
            "wen-li",
            "--set",
            "images=a b");

    Said second = start("recipes");
    assertThat(second.err()).isEmpty();
    assertThat(root.resolve("mvn.log")).hasContent("mvn -B -Dmaven.test.skip=true package");

    Files.writeString(root.resolve("src/main/New.java"), "");
    age(root.resolve("target/sluice.jar"));
    start("recipes");
    assertThat(Files.readAllLines(root.resolve("mvn.log"))).hasSize(2);
  }

  @Test
  void optionsOfTheJvm_areBoundedAndMayBeAddedTo() throws Exception {
    built();
    Said said =
        start(
            Map.of(
                "SLUICE_HEAP",
                "2g",
                "SLUICE_JAVA_OPTS",
                "-Da=1 -Db=2",
                "SLUICE_BLAS_THREADS",
                "2"));
    assertThat(said.out().lines())
        .contains(
            "-Xmx2g", "-Dorg.bytedeco.javacpp.maxphysicalbytes=4g", "-Da=1", "-Db=2", "threads 2 2")
        .noneMatch(option -> option.contains("TieredStopAtLevel"));
    assertThat(start().out().lines()).contains("-Xmx1g", "threads 1 1");
  }

  @Test
  void link_fromAnotherFolderIsFollowed() throws Exception {
    built();
    Path elsewhere = Files.createDirectories(folder.resolve("else where"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("s"), Path.of("../a tree/sluice"));
    Said said = run(elsewhere, Map.of(), List.of(link.toString(), "recipes"));
    assertThat(said.out().lines().toList())
        .endsWith("-jar", root.resolve("target/sluice.jar").toString(), "recipes");
  }

  @Test
  void oldJava_isNamed() throws Exception {
    java("11.0.2");
    Said said = start();
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err())
        .isEqualTo("sluice: " + jdk + "/bin/java is version 11.0.2; 17 or newer is needed\n");
  }

  @Test
  void javaHomeWithoutJava_isNamed() throws Exception {
    Said said = start(Map.of("JAVA_HOME", "/nowhere"));
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err())
        .isEqualTo(
            "sluice: JAVA_HOME is /nowhere, where there is no bin/java; 17 or newer is needed\n");
  }

  @Test
  void missingPrograms_areNamedWithTheWayToGetThem() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool :
        List.of(
            "bash",
            "dirname",
            "readlink",
            "sed",
            "head",
            "find",
            "mkdir",
            "env",
            "touch",
            "rm",
            "grep")) {
      Files.createSymbolicLink(tools.resolve(tool), which(tool));
    }
    Said noMaven = start(Map.of("PATH", tools.toString()));
    assertThat(noMaven.status()).isEqualTo(1);
    assertThat(noMaven.err())
        .startsWith("sluice: Maven is missing (no mvn on the PATH) and Sluice is not built yet")
        .hasLineCount(1);
    Said noJava = start(Map.of("PATH", tools.toString(), "JAVA_HOME", ""));
    assertThat(noJava.status()).isEqualTo(1);
    assertThat(noJava.err()).startsWith("sluice: Java is missing").hasLineCount(1);
  }

  @Test
  void badVariable_isAnswered() throws Exception {
    built();
    Said threads = start(Map.of("SLUICE_BLAS_THREADS", "0"));
    assertThat(threads.status()).isEqualTo(2);
    assertThat(threads.err())
        .isEqualTo("sluice: SLUICE_BLAS_THREADS must be a whole number of at least 1, given 0\n");
    Said log = start(Map.of("SLUICE_LOG", "loud"));
    assertThat(log.status()).isEqualTo(2);
    assertThat(log.err())
        .isEqualTo(
            "sluice: SLUICE_LOG must be one of trace, debug, info, warn, error, given loud\n");
  }

  @Test
  void failedBuild_isSaid() throws Exception {
    executable(programs.resolve("mvn"), "echo '[INFO] so far'; echo '[ERROR] broken' >&2; exit 1");
    Said said = start();
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.err().lines().toList())
        .endsWith(
            "[ERROR] broken",
            "sluice: the build failed; all of it is in " + root + "/target/build.log")
        .noneMatch(line -> line.contains("so far"));
  }

  /** As after a build: nothing is newer than the jar. */
  private void built() throws IOException {
    Files.createDirectories(root.resolve("target/lib"));
    Files.writeString(root.resolve("target/sluice.jar"), "");
    Files.writeString(root.resolve("target/sluice-17.0.9.jsa"), "");
  }

  /** A JDK of this version, whose java prints its arguments and ends with 7. */
  private void java(String version) throws IOException {
    Files.createDirectories(jdk.resolve("bin"));
    executable(
        jdk.resolve("bin/java"),
        "printf '%s\\n' \"threads $OMP_NUM_THREADS $OPENBLAS_NUM_THREADS\" \"$@\"; exit 7");
    executable(jdk.resolve("bin/javac"), "exit 0");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void executable(Path file, @org.jspecify.annotations.Nullable String script)
      throws IOException {
    if (script != null) {
      Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
  }

  private static Path which(String tool) {
    for (String place : List.of("/usr/bin", "/bin")) {
      if (Files.isExecutable(Path.of(place, tool))) {
        return Path.of(place, tool);
      }
    }
    throw new IllegalStateException("no " + tool);
  }

  private Said start(String... arguments) throws Exception {
    return start(Map.of(), arguments);
  }

  private Said start(Map<String, String> variables, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(root.resolve("sluice").toString()));
    command.addAll(List.of(arguments));
    return run(folder, variables, command);
  }

  private Said run(Path where, Map<String, String> variables, List<String> command)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
    builder.environment().put("PATH", programs + ":/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().putAll(variables);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Said(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
