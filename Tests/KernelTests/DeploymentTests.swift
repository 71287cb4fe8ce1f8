// SPDX-License-Identifier: Apache-2.0

import Testing

/// What packaging/update-hook does with rules that are pushed to a director by git.
@Suite struct DeploymentTests {
  @Test func rulesComeByGit() throws {
    let script = """
      set -e
      mount -t tmpfs tmpfs /mnt && cd /mnt && mkdir bin etc
      ln -s "$(readlink -f \(Kernel.ours))" bin/ipvsadm
      export PATH=/mnt/bin:$PATH HOME=/mnt LC_ALL=C GIT_CONFIG_NOSYSTEM=1
      git config --global user.name me && git config --global user.email me@example.org
      git config --global init.defaultBranch main && git config --global advice.detachedHead false
      git init -q --bare director && git init -q work
      sed 's|=/etc/|=/mnt/etc/|' \(projectPath("packaging/update-hook")) >director/hooks/update
      chmod +x director/hooks/update
      cd work
      # push BRANCH RULE... commits and pushes rules, and prints what the hook says, the table and the rules there.
      push() {
        local branch=$1; shift
        git checkout -q -B $branch; printf '%s\\n' "$@" >ipvsadm.rules; git add ipvsadm.rules; git commit -q -m rules
        git push -q ../director $branch 2>&1 |
          sed -n 's/ *$//; /^remote: error/d; s/^remote: //p; s/.*\\[remote rejected\\].*/rejected/p'
        ipvsadm -Sn | sed 's/^/now: /'; echo "file: $(cat /mnt/etc/ipvsadm.rules)"
      }
      push main '-A -f 1 -s rr'
      push review '-A -f 1 -s rr' '-A -f 2 -s sh'
      push review '-A -f 1 -s rr' '-A -f 2 -q'
      git push -q ../director :review
      push main '-A -f 1 -s rr' '-A -f 2 -s nosuch'
      git reset -q --hard HEAD^
      push main '-A -f 2 -s sh'
      ls -A /mnt/etc; stat -c %a /mnt/etc/ipvsadm.rules
      """
    let outcome = try inNamespace { try run("/usr/bin/unshare", ["--mount", "bash", "-c", script]) }
    #expect(
      outcome.output == """
        Changes of refs/heads/main:
        -A -f 1 -s rr
        now: -A -f 1 -s rr
        file: -A -f 1 -s rr
        Changes of refs/heads/review:
        -A -f 2 -s sh
        now: -A -f 1 -s rr
        file: -A -f 1 -s rr
        Changes of refs/heads/review:
        line 2: -q: unknown option
        rejected
        now: -A -f 1 -s rr
        file: -A -f 1 -s rr
        Changes of refs/heads/main:
        -A -f 2 -s nosuch
        line 2: Scheduler or persistence engine not found; the table is as it was
        rejected
        now: -A -f 1 -s rr
        file: -A -f 1 -s rr
        Changes of refs/heads/main:
        -A -f 2 -s sh
        -D -f 1
        now: -A -f 2 -s sh
        file: -A -f 2 -s sh
        ipvsadm.rules
        644

        """)
    #expect(outcome.errors == "")
  }
}
