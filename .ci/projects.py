"""Writes the projects of .ci/applications: what a user copies from README.md and docs/runtimes.md, and the code in .ci/application."""
import re
import textwrap
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / '.ci' / 'application'

# kind, version of the runtime, version of Camel (for Quarkus of the BOM of Camel Quarkus)
Application = namedtuple('Application', 'kind runtime camel')
APPLICATIONS = {
    'main-4.14.1': Application('main', '', '4.14.1'),
    'main-4.18.0': Application('main', '', '4.18.0'),
    'main-4.22.0': Application('main', '', '4.22.0'),
    'spring-boot-3.5-camel-4.17.0': Application('boot', '3.5.11', '4.17.0'),
    'spring-boot-3.5-camel-4.18.0': Application('boot', '3.5.11', '4.18.0'),
    'spring-boot-4.0-camel-4.22.0': Application('boot', '4.0.7', '4.22.0'),
    'spring-boot-4.1-camel-4.22.0': Application('boot', '4.1.2', '4.22.0'),
    'quarkus-3.31': Application('quarkus', '3.31.0', '3.31.0'),
    'quarkus-3.33': Application('quarkus', '3.33.2', '3.33.1'),
}

MAIN, BOOT, QUARKUS = 'org.apache.camel:camel-', 'org.apache.camel.springboot:camel-', 'org.apache.camel.quarkus:camel-quarkus-'


def coordinates(element, name, more=''):
    """An element of a pom for group:artifact[:version]."""
    parts = zip(('groupId', 'artifactId', 'version'), name.split(':'))
    return f'<{element}>' + ''.join(f'<{tag}>{value}</{tag}>' for tag, value in parts) + more + f'</{element}>'


def bom(name):
    return coordinates('dependency', name, '<type>pom</type><scope>import</scope>')


def plugin(name, goal, configuration=''):
    execution = f'<execution><phase>package</phase><goals><goal>{goal}</goal></goals></execution>'
    return coordinates(
        'plugin', name, f'<executions>{execution}</executions><configuration>{configuration}</configuration>')


def snippet(page, heading, language):
    """The first block of code of a language below a heading of a page."""
    text = (ROOT / page).read_text()
    found = re.search(r'^ *```' + language + r'\n(.*?)^ *```', text[text.index(heading):], re.M | re.S)
    if not found:
        raise RuntimeError(f'{page} has no {language} below "{heading}"')
    return textwrap.dedent(found.group(1))


def camel_bom(application):
    """What docs/runtimes.md imports."""
    imported = snippet('docs/runtimes.md', '# Runtimes', 'xml').replace('${camel.version}', application.camel)
    return re.search(r'<dependencies>(.*)</dependencies>', imported, re.S).group(1)


def pom(managed, dependencies, plugin_of_runtime):
    return f'''<project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <groupId>com.example</groupId>
    <artifactId>application</artifactId>
    <version>1</version>
    <properties>
        <maven.compiler.source>17</maven.compiler.source>
        <maven.compiler.target>17</maven.compiler.target>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
    </properties>
    <dependencyManagement><dependencies>{managed}</dependencies></dependencyManagement>
    <dependencies>
{snippet('README.md', '## Use it', 'xml')}
{''.join(coordinates('dependency', name) for name in dependencies)}
    </dependencies>
    <build><plugins>{plugin_of_runtime}</plugins></build>
</project>
'''


def main_pom(application):
    copy = plugin(
        'org.apache.maven.plugins:maven-dependency-plugin:3.9.0', 'copy-dependencies',
        '<outputDirectory>target/lib</outputDirectory><includeScope>runtime</includeScope>')
    names = [MAIN + 'main', MAIN + 'timer', MAIN + 'log', 'org.slf4j:slf4j-simple:2.0.17']
    return pom(camel_bom(application), names, copy)


def boot_pom(application):
    boot = 'org.springframework.boot:spring-boot-'
    names = [boot + 'starter-actuator'] + [BOOT + name + '-starter' for name in ('spring-boot', 'timer', 'log')]
    if application.runtime.startswith('4'):
        names += [boot + 'starter-webmvc', 'com.fasterxml.jackson.datatype:jackson-datatype-jsr310']
    else:
        names += [boot + 'starter-web']
    managed = bom(f'{boot}dependencies:{application.runtime}') + bom(f'{BOOT}spring-boot-bom:{application.camel}')
    return pom(camel_bom(application) + managed, names, plugin(f'{boot}maven-plugin:{application.runtime}', 'repackage'))


def quarkus_pom(application):
    managed = bom(f'io.quarkus:quarkus-bom:{application.runtime}') + bom(f'{QUARKUS}bom:{application.camel}')
    # camel-quarkus-timer 3.33.1 is not in every repository
    names = [QUARKUS + 'core', QUARKUS + 'log', MAIN + 'timer']
    return pom(managed, names, plugin(f'io.quarkus:quarkus-maven-plugin:{application.runtime}', 'build'))


POMS = {'main': main_pom, 'boot': boot_pom, 'quarkus': quarkus_pom}
HEADINGS = {'main': '## Camel Main', 'boot': '## Spring Boot', 'quarkus': '## Quarkus'}


def code(kind, name):
    file = CODE / kind / name
    return file.read_text() if file.exists() else ''


def files(application):
    """The files of a project by their paths."""
    kind, java = application.kind, 'src/main/java/com/example/'
    mapper = snippet('docs/runtimes.md', '## Spring Boot', 'java') if application.runtime.startswith('4') else ''
    written = {
        'pom.xml': POMS[kind](application),
        'src/main/resources/application.properties': snippet('docs/runtimes.md', HEADINGS[kind], 'properties')
        + code('', 'application.properties') + code(kind, 'application.properties'),
        java + 'AskRoute.java': code('', 'AskRoute.java'),
        java + 'Application.java': code(kind, 'Application.java').replace('// what the page shows', mapper),
    }
    return {path: text for path, text in written.items() if text}


def write(application, folder):
    for name, text in files(application).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
