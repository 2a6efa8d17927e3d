import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads Surefire's reports and says what ran: {@code java TestSummary.java QUICK SOURCES
 * REPORTS...}.
 *
 * <p>Exit status 1 when a test failed, when none ran, or when a class with tests in SOURCES is in
 * none of the first REPORTS: Surefire leaves out a class whose name it does not know, and says
 * nothing.
 */
final class TestSummary {
  private static final Pattern TEST =
      Pattern.compile(
          "^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property|Example|ArchTest)\\b",
          Pattern.MULTILINE);
  private static final Pattern ABSTRACT =
      Pattern.compile(
          "^(public )?(abstract( static)? class|(sealed )?interface) ", Pattern.MULTILINE);
  private static final Pattern LEFT_OUT = Pattern.compile("@Tag\\(\"(slow|browser)\"\\)");

  private int passed;
  private int failed;
  private int skipped;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> skips = new TreeMap<>();

  public static void main(String[] arguments) throws Exception {
    boolean quick = Boolean.parseBoolean(arguments[0]);
    TestSummary total = new TestSummary();
    TreeSet<String> seen = new TreeSet<>();
    for (int i = 2; i < arguments.length; i++) {
      TestSummary one = new TestSummary();
      String jdk = one.read(Path.of(arguments[i]), i == 2 ? seen : new TreeSet<>());
      if (jdk != null) {
        System.out.println("On JDK " + jdk + ": " + one.counts());
      }
      total.add(one);
    }
    // where nothing ran at all, naming every class says nothing
    List<String> unseen = seen.isEmpty() ? List.of() : unseen(Path.of(arguments[1]), seen, quick);
    total.skips.forEach((reason, count) -> System.out.println("Skipped, " + count + ": " + reason));
    total.failures.forEach(failure -> System.out.println("FAILED " + failure));
    unseen.forEach(name -> System.out.println("NOT RUN " + name + " (does its name end in Test?)"));
    if (total.passed + total.failed == 0) {
      System.out.println("No test was run.");
    }
    System.out.println(total.counts());
    boolean good = total.failed == 0 && total.passed > 0 && unseen.isEmpty();
    System.exit(good ? 0 : 1);
  }

  /**
   * Adds the reports of a folder, and the classes they are of to {@code classes}; returns their
   * JDK, null where there are none.
   */
  private String read(Path folder, TreeSet<String> classes) throws Exception {
    String jdk = null;
    File[] reports =
        folder
            .toFile()
            .listFiles((directory, name) -> name.startsWith("TEST-") && name.endsWith(".xml"));
    if (reports == null) {
      return jdk;
    }
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (File report : reports) {
      Element suite = builder.parse(report).getDocumentElement();
      jdk = property(suite, "java.version", jdk);
      NodeList cases = suite.getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        count((Element) cases.item(i));
      }
      if (cases.getLength() > 0) {
        classes.add(suite.getAttribute("name").replaceFirst("\\$.*", ""));
      }
    }
    return jdk;
  }

  private void count(Element test) {
    Element failure = child(test, "failure");
    Element error = child(test, "error");
    if (failure != null || error != null) {
      failed++;
      String what = brief((failure != null ? failure : error).getAttribute("message"));
      failures.add(test.getAttribute("classname") + " " + test.getAttribute("name") + ": " + what);
      return;
    }
    Element skip = child(test, "skipped");
    if (skip == null) {
      passed++;
      return;
    }
    skipped++;
    String reason = brief(skip.getAttribute("message"));
    skips.merge(
        reason.isEmpty() ? "no reason given: " + test.getAttribute("classname") : reason,
        1,
        Integer::sum);
  }

  private static Element child(Element test, String name) {
    return (Element) test.getElementsByTagName(name).item(0);
  }

  /** The beginning of a message, on one line. */
  private static String brief(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + " ...";
  }

  private void add(TestSummary other) {
    passed += other.passed;
    failed += other.failed;
    skipped += other.skipped;
    failures.addAll(other.failures);
    other.skips.forEach((reason, count) -> skips.merge(reason, count, Integer::sum));
  }

  private String counts() {
    return passed + " passed, " + failed + " failed, " + skipped + " skipped";
  }

  private static String property(Element suite, String name, String otherwise) {
    NodeList properties = suite.getElementsByTagName("property");
    for (int i = 0; i < properties.getLength(); i++) {
      Element property = (Element) properties.item(i);
      if (property.getAttribute("name").equals(name)) {
        return property.getAttribute("value");
      }
    }
    return otherwise;
  }

  /**
   * Classes with tests that no report is of. With --quick, a class that carries one of its tags may
   * be missing.
   */
  private static List<String> unseen(Path sources, TreeSet<String> seen, boolean quick)
      throws IOException {
    List<String> unseen = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(sources)) {
      files = walk.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
    for (Path file : files) {
      String text = Files.readString(file);
      String name =
          sources
              .relativize(file)
              .toString()
              .replace(File.separatorChar, '.')
              .replaceFirst("\\.java$", "");
      boolean leftOut = quick && LEFT_OUT.matcher(text).find();
      if (TEST.matcher(text).find()
          && !ABSTRACT.matcher(text).find()
          && !leftOut
          && !seen.contains(name)) {
        unseen.add(name);
      }
    }
    return unseen;
  }
}
