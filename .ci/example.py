"""What the README and the pom of an example say: its command, what it prints, and how Maven starts it."""
import os
import re
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
MAVEN = ['mvn', '-q', *os.environ.get('TRIAL_MAVEN', '').split(), '-f', 'examples']

SHORT = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']  # options of Java for a process that does not run long


def local(tag):
    """A tag without its namespace."""
    return tag.rpartition('}')[2]


def tree(element):
    """The tags and texts of an element; comments have no tag."""
    return {local(child.tag): (child.text or '').strip() for child in element if isinstance(child.tag, str)}


class InOrder:
    """The lines of a README's output: a number stands for any number, an ellipsis for any text."""

    def __init__(self, readme):
        blocks = re.findall(r'^```text\n(.*?)^```$', readme, re.S | re.M)
        self.lines = [line.strip() for block in blocks for line in block.split('\n') if line.strip()]
        self.patterns = [re.compile(re.sub(r'\d+', r'\\d+', re.escape(line)).replace('…', '.*')) for line in self.lines]

    def missing(self, output):
        """The first line that the output does not have after the lines before; None if it has all."""
        position = 0
        for line, pattern in zip(self.lines, self.patterns):
            found = pattern.search(output, position)
            if not found:
                return line
            position = found.end()
        return None

    def search(self, output):
        return self.missing(output) is None


class Example:
    def __init__(self, name, readme=None):
        self.name = name
        self.readme = (ROOT / (readme or f'examples/{name}/README.md')).read_text()
        self.shown = InOrder(self.readme)
        self.command = [*MAVEN, '-pl', name, '-am', '-Drun']
        project = ElementTree.parse(ROOT / 'examples' / name / 'pom.xml').getroot()
        for element in project.iter():
            if isinstance(element.tag, str):
                element.tag = local(element.tag)
        properties = project.find('properties')
        self.properties = {} if properties is None else tree(properties)
        run = next(profile for profile in project.iter('profile') if profile.findtext('id') == 'run')
        self.main = run.findtext('.//mainClass').strip()
        self.system_properties = {
            entry.findtext('key'): entry.findtext('value') or '' for entry in run.iter('systemProperty')}
        self.arguments = [argument.text or '' for argument in run.iter('argument')]

    def written(self):
        """Whether the README has the command."""
        return f'mvn -q -f examples -pl {self.name} -am -Drun' in self.readme

    def visits(self, port):
        """The commands of the README that call the example in another terminal."""
        commands = re.findall(r'^curl .*$', self.readme, re.M)
        pages = [f'curl {page}' for page in re.findall(r'^Open (\S+)', self.readme, re.M)]
        return [command.replace('8080', str(port)) for command in commands + pages]

    def java(self, checkout, target, temporary, options):
        """The command that starts the main class as exec-maven-plugin does, with options of the user."""
        module = checkout / 'examples' / self.name
        known = {**self.properties, 'project.basedir': str(module), 'project.build.directory': str(target), **options}

        def resolved(value):
            while '${' in value:
                value = re.sub(r'\$\{([^}]*)}', lambda name: known[name[1]], value)
            return value

        system_properties = {**{key: resolved(value) for key, value in self.system_properties.items()}, **options}
        classpath = (module / 'target/trial-classpath').read_text().strip().replace(str(ROOT), str(checkout))
        return ['java', *SHORT, f'-Djava.io.tmpdir={temporary}',
                '-cp', f'{module}/target/classes:{module}/target/test-classes:{classpath}',
                *[f'-D{key}={value}' for key, value in system_properties.items()],
                self.main, *map(resolved, self.arguments)]
