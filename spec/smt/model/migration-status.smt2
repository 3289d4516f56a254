; SPDX-License-Identifier: MIT
; operation: migration-status
; arguments: Nothing
; result: migration-status-result
; fails: never
; checks:
; answers alike: (= (migration-status-migrating result) (migration-status-migrating other-result))
; example of success: (= before (small-vm 1 true true true page-0))
; uses: state
; Asking whether migration mode is on (spec/clauses/migration-status.md).
(declare-datatypes ((migration-status-result 0)) (((migration-status-returns
  (migration-status-migrating Bool)))))

; MIGRATION-STATUS-1
(define-fun migration-status ((before State) (arguments Nothing) (after State) (outcome Outcome) (result migration-status-result)) Bool
  (and (= outcome success)
       (= (migration-status-migrating result) (migrating before))
       (= after before)))
