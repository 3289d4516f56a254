; guarantee: G7
; claim: A SET that fails changes nothing, unless it came to a page that does not exist: then the pages before that one have their new values, and Used is on.
; expect: unsat
; uses: set
; breakage: set.smt2: "(not (select (exist before) (bvadd start done)))" -> "true"
; breakage: set.smt2: "(ite (in-range page start (set-done result))" -> "(ite true"
(declare-const before State)
(declare-const after State)
(declare-const arguments set-arguments)
(declare-const outcome Outcome)
(declare-const result set-result)
(declare-const page Gfn)
(define-fun bad-page () Gfn (bvadd (set-start arguments) (set-done result)))
;? (assert (= before (small-vm 1 true false true page-0)))
;? (assert (= (set-start arguments) #x0000000000000001))
;? (assert (= (count (set-log arguments)) #x00000003))
;? (assert (= (set-buffer arguments) ((as const (Array (_ BitVec 64) Byte)) #xff)))
;? (assert (= (remaining-or-mask (set-log arguments)) #xffffffffffffffff))
;?breakage (assert (or (= (attributes after) all-stable) (= (attributes after) ((as const (Array Gfn Byte)) #x43))))
;?vacuity (assert (= (attributes after) (store all-stable #x0000000000000001 #x43)))
(assert (set before arguments after outcome result))
(assert (not (= outcome success)))
(assert (not (= after before)))
; refute
(assert (not (and (= outcome EFAULT) (used after)
                  (not (select (exist before) bad-page))
                  (bvult (set-done result) (set-count arguments))
                  (=> (not (= (select (attributes after) page) (select (attributes before) page)))
                      (in-range page (set-start arguments) (set-done result))))))
(check-sat)
