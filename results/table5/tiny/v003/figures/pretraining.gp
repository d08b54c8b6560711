# In this folder, `gnuplot pretraining.gp` draws pretraining.svg from pretraining.csv.
set datafile separator ','
set encoding utf8
set border 3
set tics nomirror noenhanced
set grid ytics lc rgb '#dddddd' lt 1 lw 0.5
set key noenhanced samplen 2.5 spacing 1.1
set style line 1 lc rgb '#0072B2' lw 1.8 dt 1 pt 7 ps 0.8
set style line 2 lc rgb '#D55E00' lw 1.8 dt 2 pt 5 ps 0.8
set style line 3 lc rgb '#009E73' lw 1.8 dt 4 pt 9 ps 0.9
set style line 4 lc rgb '#CC79A7' lw 1.8 dt 3 pt 13 ps 1.0
set style line 5 lc rgb '#E69F00' lw 1.8 dt 5 pt 6 ps 0.8
set style line 6 lc rgb '#56B4E9' lw 1.8 dt 1 pt 4 ps 0.8
set style line 7 lc rgb '#000000' lw 1.8 dt 2 pt 8 ps 0.9
set style line 8 lc rgb '#999999' lw 1.8 dt 4 pt 12 ps 1.0
set terminal svg size 640,420 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'pretraining.svg'
set border 11
set xlabel 'tokens trained on (millions)'
set ylabel 'loss (nats a token)'
set y2label 'perplexity'
set link y2
set xrange [0:*] noextend
set offsets 0,0,0,graph 0.04
set multiplot
unset key
set y2tics ('1' log(1), '2' log(2), '5' log(5), '10' log(10), '20' log(20), '50' log(50), '100' log(100), '200' log(200), '500' log(500), '1000' log(1000), '2000' log(2000), '5000' log(5000), '10000' log(10000), '20000' log(20000), '50000' log(50000), '100000' log(100000), '200000' log(200000), '500000' log(500000), '1000000' log(1000000))
set tmargin at screen 0.8571
plot \
    'pretraining.csv' every ::1 using ($1 == 0 && $2 == 0 ? $5 : NaN):6 with lines ls 1 lw 1 dt 1, \
    'pretraining.csv' every ::1 using ($1 == 3 && $2 == 0 ? $5 : NaN):6 with lines ls 2 lw 1 dt 1, \
    'pretraining.csv' every ::1 using ($1 == 0 && $2 == 1 ? $5 : NaN):(log($6)) with linespoints ls 1 dt 2, \
    'pretraining.csv' every ::1 using ($1 == 3 && $2 == 1 ? $5 : NaN):(log($6)) with linespoints ls 2 dt 2, \
    NaN
unset link y2
set offsets
set border 3
unset y2tics
unset y2label
set label '' at screen 0.1297,0.9655 point ls 1
set label "full, no aux LM" at screen 0.1703,0.9655 left noenhanced
set label '' at screen 0.5453,0.9655 point ls 2
set label "LSTM" at screen 0.5859,0.9655 left noenhanced
set label "on the windows trained on" at screen 0.1703,0.9155 left noenhanced
unset border
unset tics
unset xlabel
unset ylabel
unset title
unset logscale
unset key
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:1]
set yrange [0:1]
set samples 2
plot sample \
    [0.1016:0.1578] 0.9655 with lines ls 1 dt 2, \
    [0.5172:0.5734] 0.9655 with lines ls 2 dt 2, \
    [0.1016:0.1578] 0.9155 with lines ls 1 lw 1 dt 1, \
    NaN notitle
unset label
set samples 100
set border 3
set xtics nomirror
set ytics nomirror
set autoscale
unset lmargin
unset rmargin
unset tmargin
unset bmargin
unset multiplot
set output
