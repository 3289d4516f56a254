; guarantee: G4, G12
; claim: For each state and start there is at most one block: two blocks of one GET begin and end with the same pages.
; expect: unsat
; uses: state user-memory card get invariants
(declare-const s State)
(declare-const start Gfn)
(declare-const limit Gfn)
(declare-const first Gfn)
(declare-const last Gfn)
(declare-const first-again Gfn)
(declare-const last-again Gfn)
(assert (invariant s))
(assert (block s start limit first last))
(assert (block s start limit first-again last-again))
; refute
(assert (not (and (= first first-again) (= last last-again))))
(check-sat)
