"""Words that end in a full stop without ending a sentence."""

# Words that stand before a name or a number: a sentence never ends with them.
_TITLES = """
adm amb atty brig capt cmdr col cpl cpt det dr fr gen gov hon insp lt ltc maj messrs mr mrs ms mx pfc pres prof
pvt rep reps rev rs sen sens sgt sr sra supt vs nos cf approx feat fig figs
"""

# Words that may also end a sentence: what follows decides.
_OTHERS = """
ala alas apr ariz ark assn assoc asst aug ave bhd blvd bros calif capt cir co colo comm conn corp ct dec del dem dep
dept dist div ed esq est etc ext fed feb fla fri ft ga hwy ill inc ind inst intl jan jr jul jun kan kans ky la lb lbs
ltd mar mass md mich min minn miss mo mon mont mt mtn natl neb nev no nov oct okla ore org oz pa penn pct plc pp pt
pte pty rd sat sec sep sept sgt sq st sta ste sun tenn tex thu thurs tue tues twp univ usn va vol vt wash wed wis
wyo yr yrs al v ca pro tem op cit viz
"""

TITLES = frozenset(_TITLES.split())
ABBREVIATIONS = TITLES | frozenset(_OTHERS.split())
