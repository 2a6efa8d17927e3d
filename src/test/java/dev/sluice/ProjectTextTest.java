package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.recipe.Preset;
import dev.sluice.recipe.Recipe;
import dev.sluice.recipe.Recipes;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts beside the code say what is so. */
class ProjectTextTest {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final Path PACKAGES = ROOT.resolve("src/main/java/dev/sluice");
  private static final Set<String> NOT_OURS = Set.of(".git", "target", "runs", ".idea");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");
  private static final Pattern COMMAND =
      Pattern.compile("^ {4}(?:[A-Z_]+=\\S+ )*\\./(\\S+)", Pattern.MULTILINE);
  private static final Pattern TEST_ANNOTATION =
      Pattern.compile(
          "^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property|Example|ArchTest)\\b",
          Pattern.MULTILINE);
  private static final Pattern ABSTRACT =
      Pattern.compile("^(public )?((abstract|sealed).* class|.*interface) ", Pattern.MULTILINE);
  private static final Pattern FOUND_BY_SUREFIRE =
      Pattern.compile("Test.*|.*(Test|Tests|TestCase)");

  @Test
  void changelog_hasAnEntryForTheVersionOfThePom() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>sluice</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(read(ROOT.resolve("pom.xml")));
    assertThat(version.find()).isTrue();

    assertThat(read(ROOT.resolve("CHANGELOG.md")))
        .containsPattern(
            "(?m)^## " + Pattern.quote(version.group(1).replace("-SNAPSHOT", "")) + "\\b");
  }

  @Test
  void commands_inTheDocuments_exist() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      Matcher command = COMMAND.matcher(read(document));
      while (command.find()) {
        if (!Files.isExecutable(ROOT.resolve(command.group(1)))) {
          missing.add(command.group(1) + " in " + ROOT.relativize(document));
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void commandLines_inTheReadme_areUnderstood() throws IOException {
    Matcher line =
        Pattern.compile("^ {4}\\./sluice ?(.*)$", Pattern.MULTILINE)
            .matcher(read(ROOT.resolve("README.md")));
    int understood = 0;
    while (line.find()) {
      // what stands two spaces further on is a remark
      String command = line.group(1).replaceFirst("(^|\\s) {2,}.*", "").strip();
      String[] arguments =
          Main.arguments(command.isEmpty() ? new String[0] : command.split(" ", -1));
      Main.commandLine(Program.shipped(Recipes.all())).parseArgs(arguments);
      if (arguments[0].equals("run")) {
        checkRun(arguments);
      }
      understood++;
    }

    assertThat(understood).isGreaterThanOrEqualTo(8);
  }

  private static void checkRun(String[] arguments) {
    Recipe<?> recipe =
        Recipes.all().stream()
            .filter(each -> each.name().equals(arguments[1]))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no recipe " + arguments[1]));
    int preset = List.of(arguments).indexOf("--preset");
    if (preset >= 0) {
      assertThat(recipe.presets()).extracting(Preset::name).contains(arguments[preset + 1]);
    }
  }

  @Test
  void links_inTheDocuments_leadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(read(document));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
          broken.add(target + " in " + ROOT.relativize(document));
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void architecture_namesEveryPackageInTheOrderThatIsHeld() throws IOException {
    List<String> named = new ArrayList<>();
    Matcher row =
        Pattern.compile("^\\| ([a-z]+) \\| ", Pattern.MULTILINE)
            .matcher(read(ROOT.resolve("ARCHITECTURE.md")));
    while (row.find()) {
      if (!row.group(1).equals("package")) {
        named.add(row.group(1));
      }
    }

    assertThat(named)
        .isEqualTo(ArchitectureTest.ORDER.subList(0, ArchitectureTest.ORDER.size() - 1));
    assertThat(named).containsExactlyInAnyOrderElementsOf(packages());
  }

  @Test
  void everyPackage_saysWhatItHolds() throws IOException {
    for (String name : packages()) {
      assertThat(read(PACKAGES.resolve(name).resolve("package-info.java")))
          .as(name)
          .contains("/**");
    }
  }

  @Test
  void everyDecision_isListed() throws IOException {
    Path folder = ROOT.resolve("docs/decisions");
    String list = read(folder.resolve("README.md"));

    for (Path decision : files(folder)) {
      if (!decision.endsWith("README.md")) {
        assertThat(list).contains("(" + decision.getFileName() + ")");
      }
    }
  }

  @Test
  void noText_namesAFolderOfOneMachine() throws IOException {
    // in pieces, so that this file is clean itself
    Pattern folder =
        Pattern.compile(
            "(?<![\\w.*}/-])/(" + String.join("|", "home/", "work/", "root/", "Users/") + ")\\w");
    List<String> found = new ArrayList<>();
    for (Path file : files(ROOT)) {
      Matcher matcher = folder.matcher(readOrEmpty(file));
      if (matcher.find()) {
        found.add(ROOT.relativize(file) + ": " + matcher.group());
      }
    }

    assertThat(found).isEmpty();
  }

  @Test
  void everyClassWithTests_hasANameThatTheRunnerKnows() throws IOException {
    List<String> unseen = new ArrayList<>();
    for (Path file : files(ROOT.resolve("src/test/java"))) {
      String name = file.getFileName().toString().replaceFirst("\\.java$", "");
      String text = read(file);
      if (TEST_ANNOTATION.matcher(text).find()
          && !ABSTRACT.matcher(text).find()
          && !FOUND_BY_SUREFIRE.matcher(name).matches()) {
        unseen.add(name);
      }
    }

    assertThat(unseen).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    return files(ROOT).stream().filter(file -> file.toString().endsWith(".md")).toList();
  }

  private static TreeSet<String> packages() throws IOException {
    try (Stream<Path> entries = Files.list(PACKAGES)) {
      TreeSet<String> names = new TreeSet<>();
      entries
          .filter(Files::isDirectory)
          .forEach(entry -> names.add(entry.getFileName().toString()));
      return names;
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).filter(ProjectTextTest::isOurs).sorted().toList();
    }
  }

  private static boolean isOurs(Path file) {
    for (Path part : ROOT.relativize(file)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  /** Empty for what is no text, such as an image. */
  private static String readOrEmpty(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      return "";
    }
  }
}
